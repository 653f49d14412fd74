/** Were the promises kept? By request, and by the share of windows in which they held. */
import { SECOND } from "../../kernel/time.ts";
import {
  clopperPearsonInterval,
  zeroFailuresBound,
  type Interval,
} from "../../statistics/intervals.ts";
import type { ClassRecord, RunRecord } from "../../model/platform.ts";
import type { ObjectiveSpec, Scenario } from "../../scenario/language.ts";
import { formatDuration, formatShare } from "../../schema/format.ts";
import type { ObjectiveResult } from "../result.ts";
import { apdexOf, burnOf, periodOf } from "./budget.ts";
import { availability, judged } from "./classes.ts";
import { holdsIn, latencyAt } from "./holds.ts";
import { estimateOf, percentileEstimate, pooled, shareOf, sum } from "./pooling.ts";
import { burnOfSlices, keptSlices, periodOfSlices, sliceMetric, slicesOf } from "./slices.ts";

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
    const slices = slicesOf(scenario, objective, records, measured.firstWindow);
    if (objective["of-slices"] !== undefined)
      return {
        ...slicesResult(scenario, objective, records, measured),
        ...periodOfSlices(scenario, objective, records, measured.firstWindow),
        ...slices,
        ...burnOfSlices(scenario, objective, records, measured.firstWindow),
      };
    return "availability" in objective
      ? {
          ...availabilityResult(objective, runs, measured),
          ...periodOf(scenario, objective, records),
          ...slices,
          ...burnOf(scenario, objective, records),
        }
      : {
          ...latencyResult(objective, runs, measured),
          ...slices,
          ...apdexOf(objective.below, runs),
        };
  });
}

/** In words, as it is judged. */
export function nameOf(objective: ObjectiveSpec): string {
  const of = objective.of ?? "all";
  const ofSlices = objective["of-slices"];
  if (ofSlices !== undefined)
    return `${formatShare(ofSlices)} of ${sliceMetric(objective)} of ${of} requests`;
  return "availability" in objective
    ? `${formatShare(objective.availability)} of ${of} requests succeed`
    : `${objective.latency} of ${of} requests below ${formatDuration(objective.below)}`;
}

/** A promise that time slices decide: so many of them must keep it. */
function slicesResult(
  scenario: Scenario,
  objective: ObjectiveSpec,
  records: readonly RunRecord[],
  measured: Measured,
): ObjectiveResult {
  const target = objective["of-slices"]!;
  const runs = records.map((record) =>
    keptSlices(scenario, objective, record, measured.firstWindow),
  );
  const shareKept = (verdicts: readonly boolean[]) =>
    shareOf(verdicts.filter(Boolean).length, verdicts.length);
  const isMet = (share: number | null) => share !== null && share >= target;
  const observed = shareKept(runs.flat());
  return {
    name: nameOf(objective),
    kind: "slices",
    of: objective.of ?? null,
    percentile: "latency" in objective ? objective.latency : null,
    target,
    observed,
    estimate: estimateOf(runs.map(shareKept), measured.confidence),
    met: isMet(observed),
    byTime: observed,
    byRun: keptRuns(
      runs.map((run) => isMet(shareKept(run))),
      measured,
    ),
    budget: null,
  };
}

function availabilityResult(
  objective: Availability,
  runs: readonly (readonly ClassRecord[])[],
  measured: Measured,
): ObjectiveResult {
  const { availability: target, of } = objective;
  const records = runs.flat();
  const observed = availability(records);
  const succeeded = sum(records, (record) => record.measured.succeeded);
  const spent = sum(records, (record) => sum([...record.measured.failed], (count) => count));
  const allowed = (1 - target) * (succeeded + spent);
  return {
    name: nameOf(objective),
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
    name: nameOf(objective),
    kind: "latency",
    of: of ?? null,
    percentile,
    target,
    observed,
    estimate: percentileEstimate(
      runs.map((classes) => pooled(classes.map(({ latency }) => latency)).toSparse()),
      percentile,
      measured.confidence,
    ),
    met: observed !== null && observed < target,
    byTime: holdingTime(runs, measured, (windows) => holdsIn(objective, windows)),
    byRun: keptRuns(
      runs.map(at).map((value) => value !== null && value < target),
      measured,
    ),
    budget: null,
  };
}

/** How often a promise was kept by a run on its own, and the chance that another run breaks it. */
function keptRuns(
  verdicts: readonly boolean[],
  { confidence }: Measured,
): ObjectiveResult["byRun"] {
  const runs = verdicts.length;
  const kept = verdicts.filter(Boolean).length;
  return { kept, of: runs, missChance: missChanceOf(kept, runs, confidence) };
}

/** The chance that another run misses what so many of these kept. */
export function missChanceOf(kept: number, runs: number, confidence: number): Interval {
  return kept === runs
    ? { low: 0, high: zeroFailuresBound(runs, confidence) }
    : clopperPearsonInterval(runs - kept, runs, confidence);
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
