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

/** Clients of one class in a closed network of several. */
export interface ClosedClass {
  readonly clients: number;
  readonly thinkSeconds: number;
  /** Mean work per request at each station [s]. */
  readonly demandSeconds: readonly number[];
}

/**
 * The same for several classes at stations that share their server evenly: exact by M. Reiser,
 * S. S. Lavenberg (1980) and F. Baskett, K. M. Chandy, R. R. Muntz, F. G. Palacios, JACM 22 (1975).
 */
export function meanValueAnalysisOfClasses(
  classes: readonly ClosedClass[],
): readonly Omit<ClosedAverages, "numbers">[] {
  const stations = classes[0]!.demandSeconds.map((_, k) => k);
  const known = new Map<string, readonly number[]>();
  const averages = (population: readonly number[]) => {
    const each = classes.map(({ thinkSeconds, demandSeconds }, of) => {
      if (population[of] === 0)
        return { throughputPerSecond: 0, responseSeconds: 0, residences: stations.map(() => 0) };
      const without = numbersOf(population.map((n, other) => (other === of ? n - 1 : n)));
      const residences = demandSeconds.map((demand, k) => demand * (1 + without[k]!));
      const responseSeconds = residences.reduce((sum, residence) => sum + residence, 0);
      const throughputPerSecond = population[of]! / (thinkSeconds + responseSeconds);
      return { throughputPerSecond, responseSeconds, residences };
    });
    return each;
  };
  const numbersOf = (population: readonly number[]): readonly number[] => {
    const key = population.join(" ");
    const found =
      known.get(key) ??
      (population.every((n) => n === 0)
        ? stations.map(() => 0)
        : stations.map((k) =>
            averages(population).reduce(
              (sum, { throughputPerSecond, residences }) =>
                sum + throughputPerSecond * residences[k]!,
              0,
            ),
          ));
    known.set(key, found);
    return found;
  };
  return averages(classes.map(({ clients }) => clients)).map(
    ({ throughputPerSecond, responseSeconds }) => ({ throughputPerSecond, responseSeconds }),
  );
}
