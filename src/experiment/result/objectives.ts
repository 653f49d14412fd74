/** What a Result says of a promise. */
import { z } from "zod";
import { count, estimate, number, share } from "./fields.ts";

export const objectiveResult = z.strictObject({
  /** In words: "99.95 % of requests succeed", "p99 of checkout below 800 ms". */
  name: z.string(),
  /** `slices` where time slices decide: then target and observed are shares of them. */
  kind: z.enum(["availability", "latency", "slices"]),
  /** Request class, or null for all. */
  of: z.string().nullable(),
  /** Percentile name for latency objectives, e.g. "p99". */
  percentile: z.string().nullable(),
  /** Share for availability, seconds for latency. */
  target: number,
  /** Pooled over replications, in the unit of the target; null when nothing was measured. */
  observed: number.nullable(),
  estimate,
  met: z.boolean(),
  /** Share of windows in which the objective held; null without traffic. */
  byTime: share.nullable(),
  /** For availability: failures the target allows for this many requests, and how many there were. */
  /** In how many replications it held on its own, and the chance of a run in which it does not. */
  byRun: z.strictObject({
    kept: count,
    of: count,
    /** Clopper and Pearson's interval at the run's confidence; without a miss one-sided, from 0. */
    missChance: z.strictObject({ low: share, high: share }),
  }),
  budget: z.strictObject({ allowed: number, spent: count, left: number.nullable() }).nullable(),
  /** The same of the promise's own window, with what the history says: means over replications. */
  period: z
    .strictObject({
      /** [s] */
      length: number,
      /** What had passed of a calendar window when the run began [s]; null for one that rolls. */
      elapsed: number.nullable(),
      /** What its budget is of: requests, or the time slices that decide. */
      unit: z.enum(["requests", "slices"]).default("requests"),
      /** Requests (or slices) in it, failures (or bad ones) it allows, and those before the run and in it. */
      requests: number,
      allowed: number,
      before: number,
      spent: number,
      left: number.nullable(),
    })
    .optional(),
  /** Time slices of the measured part, of all replications, that kept the promise; without traffic none counts. */
  slices: z
    .strictObject({
      length: number,
      /** What each must keep: a share of requests, or seconds. */
      each: number,
      kept: count,
      of: count,
      allowed: number,
      left: number.nullable(),
    })
    .optional(),
  /** How fast the budget burnt over the windows that alerts usually look at: at most, and at the end. */
  burn: z.array(z.strictObject({ over: number, most: number, end: number })).optional(),
  /** For latency: Apdex with T the promised bound; failures frustrate. */
  apdex: z.strictObject({ t: number, score: share.nullable() }).optional(),
});
