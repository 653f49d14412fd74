/**
 * Whether the simulator leans to one side. One wrong number hides behind its interval; a hundred
 * numbers that are all a little too large do not.
 */
import { betaProbability } from "../../src/statistics/specialFunctions.ts";
import { meanOf, varianceOf } from "../../src/statistics/moments.ts";
import type { Verdict } from "./judge.ts";

export interface Bias {
  /** Claims that have a z-score. */
  readonly scores: number;
  /** Near 0 and 1 if the simulator is right and its intervals are as wide as they should be. */
  readonly mean: number;
  readonly deviation: number;
  /** Cases whose first claim came out above and below what was expected. */
  readonly above: number;
  readonly below: number;
  /** Chance of a split at least as uneven if both were as likely. */
  readonly probability: number;
}

/** What is asked of the whole set. */
export const BOUNDS = { mean: 0.25, deviationMin: 0.8, deviationMax: 1.2, probability: 0.01 };

/** Scores of the first findings: a second look was chosen for what the first one said. */
export function scoresOf(verdicts: readonly Verdict[]): number[] {
  return verdicts.flatMap(({ findings }) => findings.flatMap(({ z }) => (z === null ? [] : [z])));
}

export function biasOf(verdicts: readonly Verdict[]): Bias {
  const scores = scoresOf(verdicts);
  // Claims of one case come from the same runs: only one of each is a toss of its own.
  const leads = verdicts.flatMap(({ findings }) => findings.find(({ z }) => z !== null)?.z ?? []);
  const above = leads.filter((z) => z > 0).length;
  const below = leads.filter((z) => z < 0).length;
  return {
    scores: scores.length,
    mean: meanOf(scores),
    deviation: Math.sqrt(varianceOf(scores)),
    above,
    below,
    probability: signTest(above, below),
  };
}

/** No lean that so many cases could show. */
export function isFair({ mean, deviation, probability }: Bias): boolean {
  return (
    Math.abs(mean) < BOUNDS.mean &&
    deviation > BOUNDS.deviationMin &&
    deviation < BOUNDS.deviationMax &&
    probability > BOUNDS.probability
  );
}

/** Two-sided: chance that of so many fair tosses as few or fewer come out on the rarer side. */
export function signTest(above: number, below: number): number {
  const tosses = above + below;
  const rarer = Math.min(above, below);
  if (2 * rarer >= tosses) return 1;
  // P(X <= k) of n fair tosses is a beta probability at a half.
  return Math.min(1, 2 * betaProbability(0.5, tosses - rarer, rarer + 1));
}
