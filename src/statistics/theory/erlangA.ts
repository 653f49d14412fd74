/** M/M/c+M (Erlang A): who waits longer than an exponential patience leaves the queue. */
import { expected, stationaryShares } from "./birthDeath.ts";
import type { MmcRates } from "./mmc.ts";

export interface ImpatientQueue {
  readonly utilisation: number;
  /** Share of requests that wait at all. */
  readonly waitingProbability: number;
  /** Share of requests that leave unserved. */
  readonly renegeProbability: number;
  readonly queueLength: number;
  /** Mean time in the queue of all, served or not [s]. */
  readonly waitingSeconds: number;
}

/** A. Mandelbaum, S. Zeltyn, Service engineering in action: the Palm/Erlang-A queue (2007). */
export function erlangA(rates: MmcRates & { patienceSeconds: number }): ImpatientQueue {
  const { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu, servers } = rates;
  const shares = stationaryShares({
    birthRatePerSecond: () => lambda,
    deathRatePerSecond: (n) =>
      Math.min(n, servers) * mu + Math.max(0, n - servers) / rates.patienceSeconds,
  });
  const queueLength = expected(shares, (n) => Math.max(0, n - servers));
  return {
    utilisation: expected(shares, (n) => Math.min(n, servers)) / servers,
    waitingProbability: expected(shares, (n) => (n >= servers ? 1 : 0)),
    renegeProbability: queueLength / rates.patienceSeconds / lambda,
    queueLength,
    waitingSeconds: queueLength / lambda,
  };
}
