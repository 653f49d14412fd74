/** When a series has forgotten how it began, and what one long series says about its mean. */
import { assert } from "../kernel/assert.ts";
import { batchMeans, studentInterval } from "./intervals.ts";
import { meanOf } from "./moments.ts";

/**
 * How many values at the beginning of a series to leave out: the truncation after which the mean of
 * the rest is known best, as told by batches of `batch` values (5 in MSER-5). Null when that is past
 * the middle, which says that the series has found no steady state.
 * K. P. White, Simulation 69 (1997); White, Cobb, Spratt, WSC 2000.
 */
export function mser(values: readonly number[], batch = 5): number | null {
  const count = Math.floor(values.length / batch);
  assert(count >= 1, "there must be a batch");
  const means = Array.from({ length: count }, (_, at) =>
    meanOf(values.slice(at * batch, (at + 1) * batch)),
  );
  let best = 0;
  let least = Infinity;
  // From the back: sums of squares by Welford's recursion, one pass for all truncations.
  let [mean, squares] = [0, 0];
  for (let first = count - 1; first >= 0; first--) {
    const size = count - first;
    const step = means[first]! - mean;
    mean += step / size;
    squares += step * (means[first]! - mean);
    const error = squares / (size * size);
    // The last few means agree by chance; White leaves out the last five.
    if (size > Math.min(5, count - 1) && error <= least) [best, least] = [first, error];
  }
  return best > count / 2 ? null : best * batch;
}

/** Correlation of each value with the next, from -1 to 1; 0 when all values are equal. */
export function lagOneCorrelation(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  if (squares === 0) return 0;
  const products = values
    .slice(1)
    .reduce((sum, value, before) => sum + (value - mean) * (values[before]! - mean), 0);
  return products / squares;
}

/** What batch means say of a single long series. */
export interface BatchEstimate {
  readonly mean: number;
  readonly halfWidth: number;
  readonly batches: number;
  /** Lag-one correlation of the batch means. */
  readonly correlation: number;
}

/** Batches tried, from many short ones to few long ones. Fewer than ten say too little. */
const BATCHES = [40, 30, 20, 15, 10];

/**
 * The mean of one long series with an interval from batch means: the most batches whose means show
 * no correlation (one-sided at 10 %, where independent means have a lag-one correlation that is
 * about normal with variance 1/batches). Null when even ten are correlated: the series is too short.
 * A. M. Law, Simulation Modeling and Analysis (2015), section 9.5.3.
 */
export function batchEstimate(values: readonly number[], confidence: number): BatchEstimate | null {
  for (const batches of BATCHES) {
    if (values.length < batches) continue;
    const means = batchMeans(values, batches);
    const correlation = lagOneCorrelation(means);
    if (correlation > TOLERATED / Math.sqrt(batches)) continue;
    const { mean, halfWidth } = studentInterval(means, confidence);
    return { mean: mean!, halfWidth: halfWidth!, batches, correlation };
  }
  return null;
}

/** The 90 % point of the standard normal. */
const TOLERATED = 1.2816;
