/**
 * Mean value analysis of a closed network: a fixed number of clients think, then visit queueing
 * stations of one server each. Exact for exponential service.
 */

export interface ClosedNetwork {
  readonly clients: number;
  /** Mean time between an answer and the next request [s]. */
  readonly thinkSeconds: number;
  /** Mean service per request at each station, over all its visits [s]. */
  readonly demandSeconds: readonly number[];
}

export interface ClosedAverages {
  /** Requests answered [1/s]. */
  readonly throughputPerSecond: number;
  /** Mean response of the network [s]. */
  readonly responseSeconds: number;
  /** Mean number at each station, in service included. */
  readonly numbers: readonly number[];
}

/** M. Reiser, S. S. Lavenberg, JACM 27 (1980): an arrival sees the network without itself. */
export function meanValueAnalysis(network: ClosedNetwork): ClosedAverages {
  let throughputPerSecond = 0;
  let responseSeconds = 0;
  let numbers = network.demandSeconds.map(() => 0);
  for (let clients = 1; clients <= network.clients; clients += 1) {
    const residences = network.demandSeconds.map((demand, k) => demand * (1 + numbers[k]!));
    responseSeconds = residences.reduce((sum, residence) => sum + residence, 0);
    throughputPerSecond = clients / (network.thinkSeconds + responseSeconds);
    numbers = residences.map((residence) => throughputPerSecond * residence);
  }
  return { throughputPerSecond, responseSeconds, numbers };
}
