/**
 * How sure a number is. Every interval here covers the truth with at least (or about) the stated
 * confidence when the values are independent: one value per replication, never one per request.
 */
import { assert } from "../kernel/assert.ts";
import { power } from "../kernel/mathematics.ts";
import { meanOf, varianceOf } from "./moments.ts";
import { betaProbability } from "./specialFunctions.ts";
import { betaQuantile, normalQuantile, studentQuantile } from "./student.ts";

/** A mean and how far the truth may lie from it; null where too few values say nothing. */
export interface Estimate {
  readonly mean: number | null;
  readonly halfWidth: number | null;
}

/** Both ends belong to it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Student's interval for the mean of independent values. Half-width null for fewer than two. */
export function studentInterval(values: readonly number[], confidence: number): Estimate {
  assertConfidence(confidence);
  const n = values.length;
  if (n === 0) return { mean: null, halfWidth: null };
  const mean = meanOf(values);
  if (n === 1) return { mean, halfWidth: null };
  // Equal values have no spread, whatever rounding makes of their mean.
  if (values.every((value) => value === values[0])) return { mean: values[0]!, halfWidth: 0 };
  const standardError = Math.sqrt(varianceOf(values) / n);
  return { mean, halfWidth: studentQuantile((1 + confidence) / 2, n - 1) * standardError };
}

/** Whether a value lies within an estimate. An estimate without a half-width contains nothing. */
export function contains({ mean, halfWidth }: Estimate, value: number): boolean {
  return mean !== null && halfWidth !== null && Math.abs(value - mean) <= halfWidth;
}

/**
 * Means of consecutive batches of equal length, nearly independent when batches are long against the
 * correlation of the series. Values that do not fill a last batch are left out, from the beginning.
 */
export function batchMeans(values: readonly number[], batches: number): number[] {
  const length = Math.floor(values.length / batches);
  assert(batches >= 1 && length >= 1, "every batch needs at least one value");
  const first = values.length - batches * length;
  return Array.from({ length: batches }, (_, batch) => {
    const start = first + batch * length;
    return meanOf(values.slice(start, start + length));
  });
}

/**
 * Wilson's interval for a share: close to its confidence even for few trials and shares near 0 or 1.
 * E. B. Wilson, JASA 22 (1927).
 */
export function wilsonInterval(successes: number, trials: number, confidence: number): Interval {
  assertTrials(successes, trials);
  assertConfidence(confidence);
  const z = normalQuantile((1 + confidence) / 2);
  const share = successes / trials;
  const weight = (z * z) / trials;
  const middle = (share + weight / 2) / (1 + weight);
  const reach = (z / (1 + weight)) * Math.sqrt((share * (1 - share) + weight / 4) / trials);
  return {
    low: successes === 0 ? 0 : middle - reach,
    high: successes === trials ? 1 : middle + reach,
  };
}

/**
 * Clopper and Pearson's interval for a share: never below its confidence, wider than Wilson's.
 * C. J. Clopper, E. S. Pearson, Biometrika 26 (1934).
 */
export function clopperPearsonInterval(
  successes: number,
  trials: number,
  confidence: number,
): Interval {
  assertTrials(successes, trials);
  assertConfidence(confidence);
  const tail = (1 - confidence) / 2;
  const failures = trials - successes;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    high: failures === 0 ? 1 : betaQuantile(1 - tail, successes + 1, failures),
  };
}

/**
 * The highest failure probability that still leaves this many trials without a single failure with
 * probability 1 - confidence; about 3/trials at 95 %, the rule of three.
 */
export function zeroFailuresBound(trials: number, confidence: number): number {
  assertTrials(0, trials);
  assertConfidence(confidence);
  return 1 - power(1 - confidence, 1 / trials);
}

/**
 * An interval between two order statistics for the p-quantile of any continuous law, from
 * independent values sorted upwards. Null when there are too few values for the confidence.
 * H. A. David, H. N. Nagaraja, Order Statistics (2003), 7.1.
 */
export function quantileInterval(
  sorted: readonly number[],
  p: number,
  confidence: number,
): Interval | null {
  const ranks = quantileRanks(sorted.length, p, confidence);
  return ranks && { low: sorted[ranks.low - 1]!, high: sorted[ranks.high - 1]! };
}

/** The ranks of those two order statistics among so many values, from 1. */
export function quantileRanks(n: number, p: number, confidence: number): Interval | null {
  assert(p > 0 && p < 1, "a quantile needs a share between 0 and 1");
  assertConfidence(confidence);
  const tail = (1 - confidence) / 2;
  // P(at least `rank` of n values lie below the quantile); falls as the rank grows.
  const reaches = (rank: number) => betaProbability(p, rank, n - rank + 1);
  const low = lowestRank(n, (rank) => 1 - reaches(rank) > tail) - 1;
  const high = lowestRank(n, (rank) => reaches(rank) <= tail);
  return low >= 1 && high <= n ? { low, high } : null;
}

/** The lowest of the ranks 1 … n from which on something holds; n + 1 when it never does. */
function lowestRank(n: number, holds: (rank: number) => boolean): number {
  let [before, at] = [0, n + 1];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (holds(middle)) at = middle;
    else before = middle;
  }
  return at;
}

function assertConfidence(confidence: number): void {
  assert(confidence > 0 && confidence < 1, "confidence is a share between 0 and 1");
}

function assertTrials(successes: number, trials: number): void {
  assert(trials >= 1 && successes >= 0 && successes <= trials, "successes are some of the trials");
}
