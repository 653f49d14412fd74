/** Chains that step up or down by one: the common ground of finite queues, impatience and repair. */

export interface BirthDeath {
  /** Rate from n to n + 1 [1/s]; the chain ends at the first n where it is 0. */
  birthRatePerSecond(n: number): number;
  /** Rate from n to n - 1 [1/s], for n ≥ 1. */
  deathRatePerSecond(n: number): number;
}

/** Weights beyond this are scaled down, so that thousands of servers do not overflow. */
const WEIGHT_MAX = 1e200;
/** The tail is cut where it falls and a state weighs this share of all before it. */
const NEGLIGIBLE = 1e-18;

/** The share of time spent in each state 0, 1, 2, … in steady state, cut where nothing is left. */
export function stationaryShares(chain: BirthDeath): number[] {
  let weights = [1];
  let sum = 1;
  for (let n = 0; ; n += 1) {
    const ratio = chain.birthRatePerSecond(n) / chain.deathRatePerSecond(n + 1);
    const weight = weights[n]! * ratio;
    if (weight === 0 || (ratio < 1 && weight < sum * NEGLIGIBLE)) break;
    weights.push(weight);
    sum += weight;
    if (weight > WEIGHT_MAX) {
      weights = weights.map((before) => before / WEIGHT_MAX);
      sum /= WEIGHT_MAX;
    }
  }
  return weights.map((weight) => weight / sum);
}

/** The expected value of something that depends on the state. */
export function expected(shares: readonly number[], of: (n: number) => number): number {
  return shares.reduce((sum, share, n) => sum + share * of(n), 0);
}
