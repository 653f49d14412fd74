import { oneOf, type Spec } from "../../schema/definition.ts";
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
export type AutoscalerSpec = Spec<typeof autoscalers>;
