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
import { BURN_WINDOWS } from "./budget.ts";
import { judged } from "./classes.ts";
import { holdsIn } from "./holds.ts";
import { mean, shareOf } from "./pooling.ts";

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
  scenario: Pick<Scenario, "window">,
  objective: ObjectiveSpec,
  record: RunRecord,
  firstWindow: number,
): boolean[] {
  return verdictsOf(scenario, objective, record, firstWindow).filter((kept) => kept !== null);
}

/** The same with null for a slice without traffic. */
function verdictsOf(
  { window }: Pick<Scenario, "window">,
  objective: ObjectiveSpec,
  { classes }: RunRecord,
  firstWindow: number,
): (boolean | null)[] {
  const size = Math.max(1, Math.floor(objective.slice! / window));
  const some = judged(classes, objective.of);
  const count = some[0]?.windows.length ?? 0;
  const starts = Array.from({ length: count }, (_, at) => at).filter(
    (at) => at >= firstWindow && (at - firstWindow) % size === 0,
  );
  return starts.map((start) => {
    const windows = some.flatMap((one) => one.windows.slice(start, start + size));
    return holdsIn(objective, windows);
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

/** Bad slices that a window longer than the run allows where slices decide, and those it has. */
export function periodOfSlices(
  scenario: Scenario,
  objective: ObjectiveSpec,
  records: readonly RunRecord[],
  firstWindow: number,
): Pick<ObjectiveResult, "period"> {
  const { slice, period, elapsed } = objective;
  if (period === undefined) return {};
  const { run, history } = scenario;
  const runs = records.map((record) => keptSlices(scenario, objective, record, firstWindow));
  const spent = mean(runs, (kept) => kept.filter((each) => !each).length);
  const outside = Math.max(0, period - (run.duration - run["warm-up"])) / slice!;
  const past = elapsed === undefined ? outside : elapsed / slice!;
  const all = mean(runs, (kept) => kept.length) + outside;
  const allowed = (1 - objective["of-slices"]!) * all;
  const before = past * badBefore(history);
  return {
    period: {
      unit: "slices",
      length: period / SECOND,
      elapsed: elapsed === undefined ? null : elapsed / SECOND,
      requests: all,
      allowed,
      before,
      spent,
      left: allowed > 0 ? 1 - (before + spent) / allowed : null,
    },
  };
}

/** Burn rates at the end of every slice of the first replication, in slices: 1 spends all of the budget. */
export function burnOfSlices(
  scenario: Scenario,
  objective: ObjectiveSpec,
  records: readonly RunRecord[],
  firstWindow: number,
): Pick<ObjectiveResult, "burn"> {
  const { slice, "of-slices": target } = objective;
  if (target! >= 1) return {};
  const verdicts = verdictsOf(scenario, objective, records[0]!, firstWindow);
  const earlier = badBefore(scenario.history);
  const burn = BURN_WINDOWS.filter((over) => over >= slice!).map((over) => {
    const size = Math.floor(over / slice!);
    const rates = verdicts.map((_, last) => {
      const seen = verdicts.slice(Math.max(0, last + 1 - size), last + 1);
      const before = size - seen.length;
      const bad = seen.filter((kept) => kept === false).length + before * earlier;
      const judgedOf = seen.filter((kept) => kept !== null).length + before;
      return (shareOf(bad, judgedOf) ?? 0) / (1 - target!);
    });
    const most = rates.reduce((highest, rate) => Math.max(highest, rate), 0);
    return { over: over / SECOND, most, end: rates.at(-1) ?? 0 };
  });
  return { burn };
}

/** Share of the slices before the run that broke their promise. */
function badBefore({ slices: { bad, of } }: Scenario["history"]): number {
  return bad / of;
}
