/**
 * Is one thing better than another, or is it noise? Differences of independent replications, paired
 * where both saw the same luck, and what remains of them when many are looked at together.
 */
import { assert } from "../kernel/assert.ts";
import { meanOf, varianceOf } from "./moments.ts";
import { studentProbability, studentQuantile } from "./student.ts";

/** A difference of means, with Student's interval and test. Nulls where too few values say nothing. */
export interface Difference {
  readonly mean: number;
  readonly halfWidth: number | null;
  /** How often chance alone would give a difference this large or larger, if there were none. */
  readonly probability: number | null;
  /** Variance of the difference that one replication of each tells. */
  readonly variance: number | null;
}

/** Second minus first, replication by replication: both of a pair had the same luck. */
export function pairedDifference(
  first: readonly number[],
  second: readonly number[],
  confidence: number,
): Difference {
  assert(first.length === second.length && first.length > 0, "pairs have two members");
  const differences = second.map((value, pair) => value - first[pair]!);
  const n = differences.length;
  const mean = differences.every((value) => value === differences[0])
    ? differences[0]!
    : meanOf(differences);
  if (n === 1) return { mean, halfWidth: null, probability: null, variance: null };
  const variance = varianceOf(differences);
  return judged({ mean, variance, standardError: Math.sqrt(variance / n) }, n - 1, confidence);
}

/** Second minus first, of replications that have nothing to do with each other. B. L. Welch (1947). */
export function welchDifference(
  first: readonly number[],
  second: readonly number[],
  confidence: number,
): Difference {
  const mean = meanOf(second) - meanOf(first);
  if (first.length < 2 || second.length < 2) {
    return { mean, halfWidth: null, probability: null, variance: null };
  }
  const [one, other] = [first, second].map((values) => varianceOf(values) / values.length);
  const squared = one! + other!;
  const freedom =
    squared === 0
      ? first.length + second.length - 2
      : (squared * squared) /
        ((one! * one!) / (first.length - 1) + (other! * other!) / (second.length - 1));
  const variance = varianceOf(first) + varianceOf(second);
  return judged({ mean, variance, standardError: Math.sqrt(squared) }, freedom, confidence);
}

function judged(
  { mean, variance, standardError }: { mean: number; variance: number; standardError: number },
  freedom: number,
  confidence: number,
): Difference {
  const halfWidth = studentQuantile((1 + confidence) / 2, freedom) * standardError;
  if (standardError === 0) return { mean, halfWidth, probability: mean === 0 ? 1 : 0, variance };
  const probability = 2 * (1 - studentProbability(Math.abs(mean) / standardError, freedom));
  return { mean, halfWidth, probability, variance };
}

/**
 * Probabilities of several tests as they must be read together: where none of the differences is
 * real, any of the adjusted ones is below alpha in at most a share alpha of experiments.
 * S. Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, test) => test);
  order.sort((a, b) => probabilities[a]! - probabilities[b]! || a - b);
  const adjusted = new Array<number>(probabilities.length);
  let least = 0;
  order.forEach((test, rank) => {
    least = Math.max(least, Math.min(1, probabilities[test]! * (order.length - rank)));
    adjusted[test] = least;
  });
  return adjusted;
}

/**
 * Replications after which an interval for a mean has this half-width, if the variance stays; at
 * least 2. Null when that takes more than `most`.
 */
export function replicationsFor(
  halfWidth: number,
  variance: number,
  confidence: number,
  most: number,
): number | null {
  const reached = (n: number) =>
    studentQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance / n) <= halfWidth;
  if (!reached(most)) return null;
  let [low, high] = [1, most];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
