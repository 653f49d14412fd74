/**
 * Promises by time slices: of each, whether the promise was kept in it, and how many may break it.
 *
 * Source: OpenSLO specification, openslo/v1, budgeting method Timeslices.
 */
import { SECOND } from "../../kernel/time.ts";
import type { RunRecord } from "../../model/platform.ts";
import type { Scenario } from "../../scenario/language.ts";
import type { ObjectiveSpec } from "../../scenario/objectives.ts";
import { formatDuration, formatShare } from "../../schema/format.ts";
import type { ObjectiveResult } from "../result.ts";
import { judged } from "./classes.ts";
import { holdsIn } from "./holds.ts";

/** What is counted: "slices of 1 min with p99 below 800 ms". */
export function sliceMetric(objective: ObjectiveSpec): string {
  const kept =
    "availability" in objective
      ? `${formatShare(objective.availability)} success`
      : `${objective.latency} below ${formatDuration(objective.below)}`;
  return `slices of ${formatDuration(objective.slice!)} with ${kept}`;
}

/** Verdicts on the slices of one run; each is some windows, the last may be short. None without traffic. */
export function keptSlices(
  { window }: Pick<Scenario, "window">,
  objective: ObjectiveSpec,
  { classes }: RunRecord,
  firstWindow: number,
): boolean[] {
  const size = Math.max(1, Math.floor(objective.slice! / window));
  const some = judged(classes, objective.of);
  const count = some[0]?.windows.length ?? 0;
  const starts = Array.from({ length: count }, (_, at) => at).filter(
    (at) => at >= firstWindow && (at - firstWindow) % size === 0,
  );
  return starts.flatMap((start) => {
    const windows = some.flatMap((one) => one.windows.slice(start, start + size));
    return holdsIn(objective, windows) ?? [];
  });
}

/** Slices of all replications together, and their budget. */
export function slicesOf(
  scenario: Scenario,
  objective: ObjectiveSpec,
  records: readonly RunRecord[],
  firstWindow: number,
): Pick<ObjectiveResult, "slices"> {
  if (objective.slice === undefined) return {};
  const verdicts = records.flatMap((record) =>
    keptSlices(scenario, objective, record, firstWindow),
  );
  const kept = verdicts.filter(Boolean).length;
  const isAvailability = "availability" in objective;
  const each = isAvailability ? objective.availability : objective.below / SECOND;
  const target = objective["of-slices"] ?? (isAvailability ? each : 1);
  const allowed = (1 - target) * verdicts.length;
  const left = allowed > 0 ? 1 - (verdicts.length - kept) / allowed : null;
  const length = objective.slice / SECOND;
  return { slices: { length, each, kept, of: verdicts.length, allowed, left } };
}
