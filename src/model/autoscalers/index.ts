import { z } from "zod";
import { oneOf, type Spec } from "../../schema/definition.ts";
import type { Scaling } from "./autoscaler.ts";
import { alibabaEss } from "./alibaba-ess.ts";
import { formula } from "./formula.ts";
import { keda } from "./keda.ts";
import { kubernetesHpa } from "./kubernetes-hpa.ts";
import { predictive } from "./predictive.ts";
import { schedule } from "./schedule.ts";
import { simpleScaling } from "./simple-scaling.ts";
import { stepScaling } from "./step-scaling.ts";
import { targetTracking } from "./target-tracking.ts";
import { threshold } from "./threshold.ts";
import { traffic } from "./traffic.ts";
import { vertical } from "./vertical.ts";

/** Every way of finding a fleet's size. A new one is its own file and a line here. */
export const autoscalers = [
  kubernetesHpa,
  keda,
  threshold,
  targetTracking,
  stepScaling,
  simpleScaling,
  alibabaEss,
  traffic,
  predictive,
  formula,
  schedule,
  vertical,
] as const;

export const autoscalerSchema = oneOf(autoscalers);

/** One autoscaler of a part, or a list of them. */
export const scalingSchema = z.union([autoscalerSchema, z.array(autoscalerSchema).min(1).max(20)]);

export type AutoscalerSpec = Spec<typeof autoscalers>;

/** What decides the size of one part: an autoscaler, or several that share it. */
export type ScalingSpec = AutoscalerSpec | readonly AutoscalerSpec[];

/** Every autoscaler of a part, and where it stands in what was written of the part. */
export function scalersOf(
  spec: ScalingSpec,
): readonly { readonly spec: AutoscalerSpec; readonly path: readonly number[] }[] {
  if (!isSeveral(spec)) return [{ spec, path: [] }];
  return spec.map((each, index) => ({ spec: each, path: [index] }));
}

/** What the program must know of the kind an autoscaler is of. */
export function scalingOf({ kind }: AutoscalerSpec): Scaling<never> {
  return autoscalers.find((each) => each.kind === kind)!;
}

export function isSeveral(spec: ScalingSpec): spec is readonly AutoscalerSpec[] {
  return Array.isArray(spec);
}
