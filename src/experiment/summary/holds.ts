/** Whether a promise was kept in a stretch of time. */
import { SECOND } from "../../kernel/time.ts";
import type { ClassRecord } from "../../model/platform.ts";
import type { ObjectiveSpec } from "../../scenario/objectives.ts";
import { inSeconds, percentiles, pooled, sum, type PercentileName } from "./pooling.ts";

/** Whether a promise was kept in some windows of its classes; null when that cannot be told. */
export function holdsIn(
  objective: ObjectiveSpec,
  windows: readonly ClassRecord["windows"][number][],
): boolean | null {
  if ("availability" in objective) {
    const succeeded = sum(windows, (window) => window.succeeded);
    const failed = sum(windows, (window) => sum([...window.failed], (count) => count));
    const ended = succeeded + failed;
    return ended === 0 ? null : succeeded / ended >= objective.availability;
  }
  const value = latencyAt(objective.latency, windows);
  return value === null ? null : value < objective.below / SECOND;
}

/** A percentile of some classes or windows together [s]. */
export function latencyAt(
  percentile: string,
  classes: readonly { latency: ClassRecord["latency"] }[],
): number | null {
  const all = pooled(classes.map(({ latency }) => latency));
  return inSeconds(all.quantile(percentiles[percentile as PercentileName]));
}
