/**
 * Warnings about what a run's length does to its numbers: a warm-up that ended too early, and a
 * single run, which has no other run to be compared with.
 *
 * Both need a platform in steady state. Where demand changes, scalers act or things break, the way
 * from the beginning to the end is the subject of the run, and nothing is said.
 */
import { MILLISECOND, SECOND } from "../../kernel/time.ts";
import type { RunRecord } from "../../model/platform.ts";
import type { Scenario } from "../../scenario/language.ts";
import { formatDuration } from "../../schema/format.ts";
import { studentInterval } from "../../statistics/intervals.ts";
import { meanOf, varianceOf } from "../../statistics/moments.ts";
import { batchEstimate, mser } from "../../statistics/steadiness.ts";
import { judged } from "./classes.ts";
import { sum } from "./pooling.ts";

/** Variance of arrivals per window over their mean up to which demand counts as steady; Poisson has 1. */
const STEADY_DISPERSION = 1.5;
/** Windows below which MSER-5 has too few batches to tell anything. */
const FEWEST_WINDOWS = 50;
/** The check looks at every run through some 25 possible cuts, and must cry wolf rarely: once in a thousand. */
const SURENESS = 1 - 0.001 / 25;

export function steadinessOf(scenario: Scenario, records: readonly RunRecord[]): string[] {
  const steady = isSteady(scenario, records);
  const length = steady ? warmUpWarning(scenario, records) : [];
  return records.length > 1 ? length : [singleRun(scenario, records[0]!, steady), ...length];
}

function isSteady({ faults, autoscalers }: Scenario, records: readonly RunRecord[]): boolean {
  if (faults.length > 0 || Object.keys(autoscalers).length > 0) return false;
  const windows = records[0]!.classes[0]?.windows.length ?? 0;
  // The last window may be shorter than the others.
  const arrivals = Array.from({ length: windows - 1 }, (_, at) =>
    sum(records, ({ classes }) => sum(classes, (one) => one.windows[at]!.generated)),
  );
  if (arrivals.length < FEWEST_WINDOWS || meanOf(arrivals) === 0) return false;
  return varianceOf(arrivals) / meanOf(arrivals) <= STEADY_DISPERSION;
}

/** Mean latency of every window of one run [ns]; windows without a value take that of the one before. */
function latencies({ classes }: RunRecord): number[] {
  const windows = classes[0]!.windows.slice(0, -1);
  let last = 0;
  return windows.map((_, at) => {
    const here = judged(classes).map((one) => one.windows[at]!.latency);
    const count = sum(here, (histogram) => histogram.count);
    if (count > 0) last = sum(here, (histogram) => histogram.sum) / count;
    return last;
  });
}

/**
 * MSER-5 on the window means, averaged over the replications. As it always finds some best place to
 * cut, the cut part must also differ from the rest, replication by replication.
 */
function warmUpWarning({ run, window }: Scenario, records: readonly RunRecord[]): string[] {
  const series = records.map(latencies);
  const average = series[0]!.map((_, at) => meanOf(series.map((values) => values[at]!)));
  const first = Math.ceil(run["warm-up"] / window);
  const cut = mser(average);
  if (cut !== null && cut <= first) return [];
  if (cut === null) return unsettled(series);
  const gaps = series.map((values) => meanOf(values.slice(first, cut)) - meanOf(values.slice(cut)));
  const { mean, halfWidth } = studentInterval(gaps, SURENESS);
  if (halfWidth === null || Math.abs(mean!) <= halfWidth) return [];
  const early =
    run["warm-up"] === 0
      ? "There is no warm-up, and it needs one"
      : `The warm-up of ${formatDuration(run["warm-up"])} is too short`;
  return [
    `${early}: by MSER-5 the platform settles after ${formatDuration(cut * window)}; until then ` +
      `latency is ${mean! < 0 ? "lower" : "higher"} than later, which is in the numbers.`,
  ];
}

/** A platform whose second half still differs from its first has no steady state to measure. */
function unsettled(series: readonly (readonly number[])[]): string[] {
  const gaps = series.map((values) => {
    const middle = values.length >> 1;
    return meanOf(values.slice(middle)) - meanOf(values.slice(0, middle));
  });
  const { mean, halfWidth } = studentInterval(gaps, SURENESS);
  if (halfWidth === null || Math.abs(mean!) <= halfWidth) return [];
  return [
    `The platform does not settle: latency ${mean! > 0 ? "rises" : "falls"} through the whole run, ` +
      "so its means depend on the run's length.",
  ];
}

function singleRun(scenario: Scenario, record: RunRecord, steady: boolean): string {
  const { run, window, objectives } = scenario;
  const plain = `One run: its luck is in every number and there are no intervals${byRanks(objectives)}`;
  const advice = "; ask for replications.";
  if (!steady) return plain + advice;
  const measured = latencies(record).slice(Math.ceil(run["warm-up"] / window));
  const estimate = batchEstimate(measured, run.confidence);
  if (estimate === null)
    return `${plain}${advice} It is too short for batch means: even ten of them are correlated.`;
  const { mean, halfWidth, batches } = estimate;
  return (
    `${plain}${advice} Only by ${batches} batch means is mean latency ${rounded(mean)} ± ` +
    `${rounded(halfWidth)}, and in short runs such intervals hold less often than they say.`
  );
}

/** What the intervals of a single run's percentiles are worth. */
function byRanks(objectives: Scenario["objectives"]): string {
  return objectives.some((objective) => "latency" in objective)
    ? ", but for those by ranks, which take requests as independent: they share queues, so such intervals hold less often than they say"
    : "";
}

/** Three digits of a time [ns], in milliseconds or seconds. */
function rounded(nanoseconds: number): string {
  return nanoseconds < SECOND
    ? `${Number((nanoseconds / MILLISECOND).toPrecision(3))} ms`
    : `${Number((nanoseconds / SECOND).toPrecision(3))} s`;
}
