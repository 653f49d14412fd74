/** Numbers of a Result that formulas speak of. */
import type { Latency, PartResult, Result } from "../../src/experiment/result.ts";

export interface Reading {
  readonly name: string;
  /** How far the number may lie beside the truth for the way it is kept [share]. */
  readonly resolution: number;
  of(result: Result): number;
}

/** Half a bucket of a histogram, which has 128 to an octave. */
const QUANTILE_RESOLUTION = 1 / 256;
/** What the sums of a long run lose. */
const ROUNDING = 1e-9;

type Time = Exclude<keyof Latency, "count">;

/** Response time of all requests that succeeded [s]. */
export function latency(time: Time): Reading {
  return timed(`${time} latency`, time, ({ total }) => total.latency);
}

/** Time in the queue of a part [s]. */
export function waiting(part: string, time: Time): Reading {
  return timed(`${time} wait at ${part}`, time, (result) => partOf(result, part).waitingTime!);
}

/** Busy share of a part's slots [0 to 1]. */
export function utilisation(part: string): Reading {
  return exact(`utilisation of ${part}`, (result) => partOf(result, part).utilisation!);
}

/** Mean number of calls that wait at a part. */
export function queueLength(part: string): Reading {
  return exact(`queue length at ${part}`, (result) => partOf(result, part).queueLength!.mean);
}

/** Calls a part answered right [1/s]. */
export function throughput(part: string): Reading {
  return exact(`throughput of ${part}`, (result) => {
    return partOf(result, part).calls.ok / (result.run.duration - result.run.warmUp);
  });
}

/** Calls that came to a part [1/s]. */
export function arrivalRate(part: string): Reading {
  return exact(`calls to ${part}`, (result) => {
    return partOf(result, part).calls.arrived / (result.run.duration - result.run.warmUp);
  });
}

/** Share of requests that ended in one way of failing, of those that ended. */
export function failed(cause: string): Reading {
  return exact(`share ${cause}`, ({ total: { generated, inFlight, failed: causes } }) => {
    return (causes[cause] ?? 0) / (generated - inFlight);
  });
}

/** Attempts made for each request. */
export const attempts = exact("attempts per request", ({ total }) => {
  return total.attempts / total.generated;
});

/** Share of look-ups a cache answered from what it held. */
export function hitRatio(part: string): Reading {
  return exact(`hit ratio of ${part}`, (result) => partOf(result, part).cache!.hitRatio!);
}

/** Share of look-ups that waited for a fetch another had begun. */
/** Share of requests that the caches of their users answered, of those that asked them. */
export const userHits: Reading = {
  name: "hit ratio of users' caches",
  resolution: 0,
  of: ({ clientCaches }) => {
    const { hits, misses } = clientCaches![0]!;
    return hits / (hits + misses);
  },
};

/** Mean wait for a connection of all calls of the clients [s], and the share of them that waited. */
export const connectionWait: Reading = {
  name: "mean wait for a connection",
  resolution: ROUNDING,
  of: ({ clientConnections }) => clientConnections![0]!.meanWait!,
};
export const connectionWaiters: Reading = {
  name: "share that waits for a connection",
  resolution: ROUNDING,
  of: ({ clientConnections }) => clientConnections![0]!.waited / clientConnections![0]!.calls,
};

export function coalesced(part: string): Reading {
  return exact(`coalesced share of ${part}`, (result) => {
    const { hits, misses, coalesced: shared } = partOf(result, part).cache!;
    return shared / (hits + misses + shared);
  });
}

/** Mean number of instances ready. */
export function ready(part: string): Reading {
  return exact(`instances ready of ${part}`, (result) => partOf(result, part).fleet!.readyMean);
}

/** Share of slot time spent for callers that had gone. */
export function wasted(part: string): Reading {
  return exact(`waste of ${part}`, (result) => partOf(result, part).wasted!);
}

/** Share of the money for all machines that went into one state of theirs. */
export function spent(state: string): Reading {
  return exact(`money spent ${state}`, ({ cost: { parts, total } }) => {
    const states = parts.map(({ states: amounts }) => Number(amounts[state] ?? 0));
    return states.reduce((sum, amount) => sum + amount, 0) / Number(total);
  });
}

export function partOf(result: Result, part: string): PartResult {
  return result.parts.find(({ name }) => name === part)!;
}

function timed(name: string, time: Time, of: (result: Result) => Latency): Reading {
  const resolution = time === "mean" || time === "max" ? ROUNDING : QUANTILE_RESOLUTION;
  return { name, resolution, of: (result) => of(result)[time]! };
}

function exact(name: string, of: (result: Result) => number): Reading {
  return { name, resolution: ROUNDING, of };
}
