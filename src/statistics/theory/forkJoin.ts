/** Fork-join: a request splits into one part for each of n queues and waits for the last. */
import { assert } from "../../kernel/assert.ts";

/**
 * Mean response [s] with Poisson arrivals and exponential service at each server: exact for one
 * and two (L. Flatto, S. Hahn, SIAM J. Appl. Math. 44, 1984), within 5 % up to 32 (R. Nelson,
 * A. N. Tantawi, IEEE Transactions on Computers 37, 1988).
 */
export function forkJoin(load: {
  arrivalRatePerSecond: number;
  serviceRatePerSecond: number;
  servers: number;
}): number {
  const { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu, servers } = load;
  const utilisation = lambda / mu;
  assert(utilisation < 1, "the queues grow without end");
  if (servers === 1) return 1 / (mu - lambda);
  const growth = harmonic(servers) / harmonic(2);
  const ofTwo = (12 - utilisation) / 8 / (mu - lambda);
  return (growth + (4 / 11) * (1 - growth) * utilisation) * ofTwo;
}

/** 1 + 1/2 + … + 1/n: the mean of the largest of n exponentials of mean 1. */
function harmonic(n: number): number {
  let sum = 0;
  for (let k = n; k >= 1; k -= 1) sum += 1 / k;
  return sum;
}
