/** Platforms of the textbook, as scenarios. */

/** What a scenario says of the world, in the words of the scenario language. */
export interface Platform {
  readonly workloads: object;
  readonly parts: object;
  readonly faults?: readonly object[];
  readonly autoscalers?: object;
  readonly cost?: object;
  readonly links?: object;
}

/** A law of durations in the words of the language: "10 ms" or { kind, … }. */
export type Law = string | object;

export interface Station {
  readonly arrivalRatePerSecond: number;
  /** Time one call takes. */
  readonly work: Law;
  /** 1 unless given. */
  readonly servers?: number;
  /** Calls that may wait; any number unless given. */
  readonly queueLimit?: number;
  readonly discipline?: string | object;
  readonly arrivals?: "poisson" | "deterministic";
}

/** One queue before servers that are all alike: the part is called `station`. */
export function station(of: Station): Platform {
  const queue = {
    ...(of.queueLimit === undefined ? {} : { limit: of.queueLimit }),
    ...(of.discipline === undefined ? {} : { discipline: of.discipline }),
  };
  return {
    workloads: source("station", of.arrivalRatePerSecond, of.arrivals),
    parts: { station: { kind: "service", slots: of.servers ?? 1, queue, work: of.work } },
  };
}

/** Requests that arrive at a part one after another. */
export function source(to: string, ratePerSecond: number, kind = "poisson"): object {
  return { requests: { to, arrivals: { kind, rate: `${ratePerSecond}/s` } } };
}

/** Exponential service at a rate. */
export function exponential(ratePerSecond: number): Law {
  return { kind: "exponential", mean: `${1e9 / ratePerSecond} ns` };
}
