/**
 * Join the shortest of two queues, ties by lot. No short formula exists (J. F. C. Kingman, Ann. Math.
 * Stat. 32, 1961), so the balance equations are solved numerically.
 *
 * A state is the number in both queues together, its level, and the difference of the two:
 *
 *     level n + 1    d - 1 ↖   ↗ d + 1      an arrival at (n, d > 0) goes to (n + 1, d - 1)
 *     level n              (n, d)           a departure from the longer to (n - 1, d - 1),
 *     level n - 1    d - 1 ↙   ↘ d + 1      from the shorter to (n - 1, d + 1)
 */
import { assert } from "../../kernel/assert.ts";
import { log } from "../../kernel/mathematics.ts";

/** Levels are cut where this little probability is left. */
const NEGLIGIBLE = 1e-16;
/** Differences beyond this have less than 1e-18 even at full load. */
const DIFFERENCE_MAX = 60;
const PRECISION = 1e-12;

interface Rates {
  /** At both servers together. */
  readonly arrivalRatePerSecond: number;
  /** Of one server. */
  readonly serviceRatePerSecond: number;
}

/** Mean response [s] of Poisson arrivals, exponential service; requests in service are counted. */
export function joinShortestOfTwo(rates: Rates): number {
  const utilisation = rates.arrivalRatePerSecond / (2 * rates.serviceRatePerSecond);
  assert(utilisation < 1, "the queues grow without end");
  const levels = firstGuess(utilisation);
  let number = 0;
  for (;;) {
    const before = number;
    number = sweep(levels, rates);
    if (Math.abs(number - before) < PRECISION * number) return number / rates.arrivalRatePerSecond;
  }
}

/** `levels[n][d]`, with an empty level on top and an empty difference beyond the last. */
function firstGuess(utilisation: number): Float64Array[] {
  const top = Math.ceil(log(NEGLIGIBLE) / log(utilisation));
  const levels = Array.from({ length: top + 2 }, () => new Float64Array(DIFFERENCE_MAX + 2));
  for (let n = 0; n <= top; n += 1) for (const d of differences(n)) levels[n]![d] = 1;
  return levels;
}

/** The differences two queues of n together can have. */
function* differences(n: number): Generator<number> {
  for (let d = n % 2; d <= Math.min(n, DIFFERENCE_MAX); d += 2) yield d;
}

/**
 * Brings each level from the bottom up into balance with its neighbours, then scales it so that as
 * many requests leave it as enter it from below: without that step thousands of sweeps are needed.
 * Gives the mean number in both queues.
 */
function sweep(levels: readonly Float64Array[], rates: Rates): number {
  const { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu } = rates;
  levels[0]![0] = 1;
  let [belowSum, sum, weighted] = [1, 1, 0];
  for (let n = 1; n < levels.length - 1; n += 1) {
    const [below, level, above] = [levels[n - 1]!, levels[n]!, levels[n + 1]!];
    let departures = 0;
    for (const d of differences(n)) {
      const fromBelow = below[d + 1]! + (d === 1 ? below[0]! : 0);
      const fromShorter = d >= 2 ? above[d - 1]! : 0;
      const fromAbove = above[d + 1]! + (d === 1 ? 2 * above[0]! : 0) + fromShorter;
      const busy = d === n ? 1 : 2;
      level[d] = (lambda * fromBelow + mu * fromAbove) / (lambda + busy * mu);
      departures += busy * mu * level[d]!;
    }
    const scale = (lambda * belowSum) / departures;
    belowSum = 0;
    for (const d of differences(n)) belowSum += level[d]! *= scale;
    sum += belowSum;
    weighted += n * belowSum;
  }
  return weighted / sum;
}
