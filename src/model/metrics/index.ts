import { oneOfOrWord, make, type Spec } from "../../schema/definition.ts";
import { backlog } from "./backlog.ts";
import { formula } from "./formula.ts";
import { inFlight } from "./in-flight.ts";
import { latency } from "./latency.ts";
import type { Level } from "./level.ts";
import type { Metric } from "./metric.ts";
import { queueLength } from "./queue-length.ts";
import { requests } from "./requests.ts";
import { utilisation } from "./utilisation.ts";

/** What controllers may go by. A new one is its own file and a line here. */
export const metrics = [
  utilisation,
  requests,
  latency,
  queueLength,
  inFlight,
  backlog,
  formula,
] as const;

export const metricSchema = oneOfOrWord(metrics);
export type MetricSpec = Spec<typeof metrics>;

/** The metric a specification names, and what its levels are. */
export function metricOf(spec: MetricSpec): Metric & { readonly level: Level } {
  return { ...make(metrics, spec, undefined), level: levelKind(spec) };
}

/** What levels of a metric are. */
export function levelKind({ kind }: MetricSpec): Level {
  return metrics.find((each) => each.kind === kind)!.level;
}

/** Whether its value for the part is a mean over instances, which so many of them share out. */
export function isShared(spec: MetricSpec): boolean {
  return spec.kind === "utilisation" || ("per" in spec && spec.per === "instance");
}
