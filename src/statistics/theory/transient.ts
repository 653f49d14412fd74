/** M/M/1 that begins empty: how the queue fills. */
import { exp } from "../../kernel/mathematics.ts";

/** Numbers beyond this are cut; enough for a mean of some tens. */
const STATES = 800;

/**
 * Mean number in the system, averaged over a stretch of time after an empty start, by
 * uniformisation: the chain steps at Poisson instants of the largest rate (A. Jensen, 1953).
 */
export function meanPresentBetween(
  rates: { arrivalRatePerSecond: number; serviceRatePerSecond: number },
  [from, to]: readonly [seconds: number, seconds: number],
): number {
  const { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu } = rates;
  const clock = lambda + mu;
  const up = lambda / clock;
  let shares = new Float64Array(STATES);
  shares[0] = 1;
  // The integral to t of a Poisson chance of n steps is the chance of more than n steps by then, over the rate.
  const beyond = [moreThan(clock * from), moreThan(clock * to)] as const;
  let total = 0;
  for (;;) {
    const [before, after] = [beyond[0].next(), beyond[1].next()];
    if (after < 1e-14) return total / clock / (to - from);
    total += (after - before) * shares.reduce((sum, share, n) => sum + n * share, 0);
    const next = new Float64Array(STATES);
    for (let n = 0; n < STATES - 1; n += 1) {
      next[n + 1]! += up * shares[n]!;
      next[Math.max(0, n - 1)]! += (1 - up) * shares[n]!;
    }
    shares = next;
  }
}

/** Chances that a Poisson variate of a mean below some hundreds is more than 0, 1, 2, … */
function moreThan(mean: number): { next(): number } {
  let [chance, below, n] = [exp(-mean), 0, 0];
  return {
    next() {
      below += chance;
      n += 1;
      chance *= mean / n;
      return Math.max(0, 1 - below);
    },
  };
}
