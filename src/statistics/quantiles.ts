/**
 * How sure a percentile is.
 *
 * The mean of the percentiles of short runs is no estimate of the percentile of all their requests:
 * it lies below it, and Student's interval around it covers the truth the less often the more runs
 * there are. A share is unbiased however short the runs, so the doubt is measured in shares and read
 * off all requests together:
 *
 *     share above the percentile, run by run -> its interval p ± h -> [quantile(p - h), quantile(p + h)]
 *
 * R. S. Woodruff, JASA 47 (1952), with the runs as clusters.
 */
import { assert } from "../kernel/assert.ts";
import { Histogram, type SparseHistogram } from "./histogram.ts";
import { quantileRanks } from "./intervals.ts";
import { studentQuantile } from "./student.ts";

/** Both ends in the unit of the values; `high` null when it lies beyond everything seen. */
export interface QuantileInterval {
  readonly low: number;
  readonly high: number | null;
}

/**
 * The interval over independent runs for the p-quantile of their values together. Null for a single
 * run, or when nothing was recorded.
 */
export function quantileAcross(
  runs: readonly SparseHistogram[],
  p: number,
  confidence: number,
): QuantileInterval | null {
  assert(p > 0 && p < 1, "a quantile needs a share between 0 and 1");
  const all = new Histogram();
  for (const run of runs) all.add(run);
  const { count } = all;
  if (runs.length < 2 || count === 0) return null;
  const quantile = all.quantile(p)!;
  // Runs without luck of their own have no spread, though there may be few requests in the tail.
  if (runs.every((run) => Histogram.fromSparse(run).quantile(p) === quantile))
    return { low: quantile, high: quantile };
  const reach = studentQuantile((1 + confidence) / 2, runs.length - 1) * shareError(all, runs, p);
  return {
    low: all.quantile(Math.max(0, p - reach))!,
    high: reach > 0 && p + reach < 1 ? all.quantile(p + reach)! : null,
  };
}

/** Standard error of the share of values above the quantile's bucket, a ratio of sums over runs. */
function shareError(all: Histogram, runs: readonly SparseHistogram[], p: number): number {
  const { indices, counts, count } = all.toSparse();
  let [last, below] = [-1, 0];
  // The same small step back as in the nearest rank of a histogram.
  while (below < p * count * (1 - 1e-14)) below += counts[++last]!;
  const share = (count - below) / count;
  const bucket = indices[last]!;
  let squares = 0;
  for (const run of runs) {
    let above = 0;
    run.indices.forEach((index, at) => (above += index > bucket ? run.counts[at]! : 0));
    const excess = above - share * run.count;
    squares += excess * excess;
  }
  return Math.sqrt((squares * runs.length) / (runs.length - 1)) / count;
}

/**
 * The interval between two values of a single run, by their ranks. It takes them as independent;
 * those that share a queue are not, and then it covers the truth less often than it says.
 */
export function quantileByRanks(
  run: SparseHistogram,
  p: number,
  confidence: number,
): QuantileInterval | null {
  if (run.count === 0) return null;
  const ranks = quantileRanks(run.count, p, confidence);
  if (ranks === null) return null;
  const all = Histogram.fromSparse(run);
  return {
    low: all.quantile(ranks.low / run.count)!,
    high: all.quantile(ranks.high / run.count)!,
  };
}
