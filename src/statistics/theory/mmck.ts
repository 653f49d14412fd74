/** M/M/c/K: at most K in the system, in service and waiting together; who finds it full is dropped. */
import { expected, stationaryShares } from "./birthDeath.ts";
import type { MmcRates } from "./mmc.ts";
import type { Averages } from "./queue.ts";

export interface FiniteQueue extends Averages {
  /** Share of arrivals dropped. */
  readonly dropProbability: number;
  /** Completed per second. */
  readonly throughputPerSecond: number;
}

/** Gross and Harris, Fundamentals of Queueing Theory, section 2.5. Times are of those who got in. */
export function mmck({ capacity, ...rates }: MmcRates & { capacity: number }): FiniteQueue {
  const { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu, servers } = rates;
  const shares = stationaryShares({
    birthRatePerSecond: (n) => (n < capacity ? lambda : 0),
    deathRatePerSecond: (n) => Math.min(n, servers) * mu,
  });
  const dropProbability = shares[capacity] ?? 0;
  const throughputPerSecond = lambda * (1 - dropProbability);
  const queueLength = expected(shares, (n) => Math.max(0, n - servers));
  return {
    utilisation: throughputPerSecond / (servers * mu),
    dropProbability,
    throughputPerSecond,
    queueLength,
    waitingSeconds: queueLength / throughputPerSecond,
    responseSeconds: queueLength / throughputPerSecond + 1 / mu,
  };
}
