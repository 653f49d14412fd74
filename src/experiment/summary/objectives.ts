/** Were the promises kept? By request, and by the share of windows in which they held. */
import { SECOND } from "../../kernel/time.ts";
import { clopperPearsonInterval, zeroFailuresBound } from "../../statistics/intervals.ts";
import type { ClassRecord, RunRecord } from "../../model/platform.ts";
import type { ObjectiveSpec, Scenario } from "../../scenario/language.ts";
import { formatDuration, formatShare } from "../../schema/format.ts";
import type { ObjectiveResult } from "../result.ts";
import { apdexOf, burnOf, periodOf, slicesOf } from "./budget.ts";
import { availability, judged } from "./classes.ts";
import {
  estimateOf,
  inSeconds,
  percentiles,
  pooled,
  shareOf,
  sum,
  type PercentileName,
} from "./pooling.ts";

/** The measured windows of one run: the first that begins after the warm-up and all that follow. */
export interface Measured {
  readonly firstWindow: number;
  readonly confidence: number;
}

type Availability = Extract<ObjectiveSpec, { availability: number }>;
type LatencyBound = Extract<ObjectiveSpec, { below: number }>;

export function objectiveResults(
  scenario: Scenario,
  records: readonly RunRecord[],
  measured: Measured,
): ObjectiveResult[] {
  return scenario.objectives.map((objective) => {
    const runs = records.map(({ classes }) => judged(classes, objective.of));
    return "availability" in objective
      ? {
          ...availabilityResult(objective, runs, measured),
          ...periodOf(scenario, objective, records),
          ...slicesOf(scenario, objective, records, measured.firstWindow),
          ...burnOf(scenario, objective, records),
        }
      : { ...latencyResult(objective, runs, measured), ...apdexOf(objective.below, runs) };
  });
}

function availabilityResult(
  { availability: target, of }: Availability,
  runs: readonly (readonly ClassRecord[])[],
  measured: Measured,
): ObjectiveResult {
  const records = runs.flat();
  const observed = availability(records);
  const succeeded = sum(records, (record) => record.measured.succeeded);
  const spent = sum(records, (record) => sum([...record.measured.failed], (count) => count));
  const allowed = (1 - target) * (succeeded + spent);
  return {
    name: `${formatShare(target)} of ${of ?? "all"} requests succeed`,
    kind: "availability",
    of: of ?? null,
    percentile: null,
    target,
    observed,
    estimate: estimateOf(runs.map(availability), measured.confidence),
    met: observed !== null && observed >= target,
    byTime: availableTime(runs, target, measured),
    byRun: keptRuns(
      runs.map(availability).map((value) => value !== null && value >= target),
      measured,
    ),
    budget: { allowed, spent, left: allowed > 0 ? 1 - spent / allowed : null },
  };
}

/** Share of windows with traffic in which enough requests succeeded; null without traffic. */
export function availableTime(
  runs: readonly (readonly ClassRecord[])[],
  target: number,
  measured: Measured,
): number | null {
  return holdingTime(runs, measured, (windows) => holdsIn({ availability: target }, windows));
}

function latencyResult(
  objective: LatencyBound,
  runs: readonly (readonly ClassRecord[])[],
  measured: Measured,
): ObjectiveResult {
  const { latency: percentile, of, below } = objective;
  const at = (classes: readonly ClassRecord[]) => latencyAt(percentile, classes);
  const target = below / SECOND;
  const observed = at(runs.flat());
  return {
    name: `${percentile} of ${of ?? "all"} requests below ${formatDuration(below)}`,
    kind: "latency",
    of: of ?? null,
    percentile,
    target,
    observed,
    estimate: estimateOf(runs.map(at), measured.confidence),
    met: observed !== null && observed < target,
    byTime: holdingTime(runs, measured, (windows) => holdsIn(objective, windows)),
    byRun: keptRuns(
      runs.map(at).map((value) => value !== null && value < target),
      measured,
    ),
    budget: null,
  };
}

/** Whether a promise was kept in one window of its classes; null when that cannot be told. */
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

function latencyAt(
  percentile: string,
  classes: readonly { latency: ClassRecord["latency"] }[],
): number | null {
  const all = pooled(classes.map(({ latency }) => latency));
  return inSeconds(all.quantile(percentiles[percentile as PercentileName]));
}

/** How often a promise was kept by a run on its own, and the chance that another run breaks it. */
function keptRuns(
  verdicts: readonly boolean[],
  { confidence }: Measured,
): ObjectiveResult["byRun"] {
  const runs = verdicts.length;
  const kept = verdicts.filter(Boolean).length;
  const missChance =
    kept === runs
      ? { low: 0, high: zeroFailuresBound(runs, confidence) }
      : clopperPearsonInterval(runs - kept, runs, confidence);
  return { kept, of: runs, missChance };
}

type Window = ClassRecord["windows"][number];

/** Share of the windows of all runs in which something held, among those that can tell. */
function holdingTime(
  runs: readonly (readonly ClassRecord[])[],
  { firstWindow }: Measured,
  holds: (windows: readonly Window[]) => boolean | null,
): number | null {
  const verdicts = runs.flatMap((classes) => {
    const count = classes[0]?.windows.length ?? 0;
    return Array.from({ length: count }, (_, index) => index)
      .slice(firstWindow)
      .map((index) => holds(classes.map(({ windows }) => windows[index]!)))
      .filter((verdict) => verdict !== null);
  });
  return shareOf(verdicts.filter(Boolean).length, verdicts.length);
}
