/** Numbers of one run that formulas speak of, beyond those that every test of a formula reads. */
import { valueOf, type SparseHistogram } from "../../src/statistics/histogram.ts";
import { SECOND } from "../../src/kernel/time.ts";
import type { Result } from "../../src/index.ts";
import { partOf } from "../theory/readings.ts";
import type { Reading } from "./case.ts";

export {
  arrivalRate,
  attempts,
  coalesced,
  failed,
  hitRatio,
  latency,
  queueLength,
  ready,
  throughput,
  utilisation,
  waiting,
  wasted,
} from "../theory/readings.ts";

/** What the sums of a long run lose. */
const ROUNDING = 1e-9;
/** The square of a bucket's middle beside the mean square of what is in it. */
const SQUARE_RESOLUTION = 1e-5;

export function reading(name: string, of: Reading["of"], resolution: number = ROUNDING): Reading {
  return { name, resolution, of };
}

/** Share of calls at a part that had to wait at all. */
export function waits(part: string): Reading {
  return reading(`waits at ${part}`, (_, { parts }) => {
    const { indices, counts, count } = parts.find(({ name }) => name === part)!.waitingTime!;
    return 1 - (indices[0] === 0 ? counts[0]! : 0) / count;
  });
}

/** Variance of the wait at a part [s²]. */
export function waitingVariance(part: string): Reading {
  const of: Reading["of"] = (_, { parts }) =>
    varianceOf(parts.find(({ name }) => name === part)!.waitingTime!);
  return reading(`variance of wait at ${part}`, of, SQUARE_RESOLUTION);
}

/** Variance of the response time [s²], of a workload with one class. */
export const latencyVariance = reading(
  "variance of latency",
  (_, { classes }) => varianceOf(classes[0]!.latency),
  SQUARE_RESOLUTION,
);

function varianceOf({ indices, counts, count, sum }: SparseHistogram): number {
  let squares = 0;
  indices.forEach((index, i) => (squares += counts[i]! * valueOf(index) * valueOf(index)));
  const mean = sum / count;
  return (squares / count - mean * mean) / (SECOND * SECOND);
}

/** Mean number waiting and in service at a part with so many slots. */
export function present(part: string, slots = 1): Reading {
  return reading(`number at ${part}`, (result) => {
    const { queueLength, utilisation } = partOf(result, part);
    return queueLength!.mean + utilisation! * slots;
  });
}

/** Mean number in service at a part in one window of the run. */
export function presentIn(part: string, window: number, slots = 1): Reading {
  return reading(`number at ${part}, window ${window + 1}`, ({ windows }) => {
    const { utilisation, queueLength } = windows.parts[part]!;
    return utilisation[window]! * slots + queueLength[window]!;
  });
}

/** Mean response time of one class [s]. */
export function latencyOf(name: string): Reading {
  return reading(`mean latency of ${name}`, (result) => classOf(result, name).latency.mean!);
}

/** Requests of one class that succeeded [1/s]. */
export function throughputOf(name: string): Reading {
  return reading(`throughput of ${name}`, (result) => {
    return classOf(result, name).succeeded / (result.run.duration - result.run.warmUp);
  });
}

/** Attempts that reach a part for each request. */
export function callsPerRequest(part: string): Reading {
  return reading(`calls to ${part} per request`, (result) => {
    return partOf(result, part).calls.arrived / result.total.generated;
  });
}

/** Share of requests that succeeded, of those that ended. */
export const success = reading("success", ({ total: { succeeded, generated, inFlight } }) => {
  return succeeded / (generated - inFlight);
});

/** Requests made for each session. */
export const perSession = reading("requests per session", ({ total, sessions }) => {
  return total.generated / sessions[0]!.started;
});

/** Share of calls that came to a part and were not taken in. */
export function lost(part: string): Reading {
  return reading(`lost at ${part}`, (result) => {
    const { ok, failed: causes } = partOf(result, part).calls;
    const failures = Object.values(causes).reduce((sum, count) => sum + count, 0);
    return failures / (ok + failures);
  });
}

export function classOf({ classes }: Result, name: string): Result["classes"][number] {
  return classes.find((each) => each.name === name)!;
}
