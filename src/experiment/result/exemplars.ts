/** Requests in all detail, in a Result. */
import { z } from "zod";
import { count, seconds } from "./fields.ts";

/** One stay of a call at a part. */
export const spanResult = z.strictObject({
  part: z.string(),
  instance: z.string().nullable(),
  /** The span whose work made the call, or which passed it on, by its position; null for none. */
  parent: count.nullable(),
  attempt: z.int().min(1),
  from: seconds,
  /** When it got its first slot; null if it never did, and at parts without slots. */
  startedAt: seconds.nullable(),
  /** When it ended for its caller; null if that had not happened by the end of the run. */
  to: seconds.nullable(),
  outcome: z.string().nullable(),
});

/** One request of the first replication, and all calls that were made for it. */
export const exemplarResult = z.strictObject({
  /** What it is an example of, and the latency that was looked for; null for a failure. */
  of: z.enum(["median", "p99", "slowest", "failed"]),
  wanted: seconds.nullable(),
  requestClass: z.string(),
  /** The item it is about; null where it is about none. */
  key: z.int().nullable(),
  bornAt: seconds,
  endedAt: seconds,
  outcome: z.string(),
  /** In the order in which they began; at most 500. */
  spans: z.array(spanResult).max(500),
});

/** Mean time of a request's calls at a part [s]. */
const stay = z.strictObject({ waiting: seconds, working: seconds });

/** Where answered requests of the first replication spent their time, all of them and the slowest 1 %. */
export const slowestResult = z.strictObject({
  /** From this latency on a request is one of the slowest. */
  latency: seconds,
  requests: count,
  slow: count,
  /** Waiting for a slot, and working itself: what a part waits for is counted where it is done. */
  parts: z.array(z.strictObject({ part: z.string(), all: stay, slow: stay })),
});
