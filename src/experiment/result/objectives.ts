/** What a Result says of a promise. */
import { z } from "zod";
import { count, estimate, number, share } from "./fields.ts";

export const objectiveResult = z.strictObject({
  /** In words: "99.95 % of requests succeed", "p99 of checkout below 800 ms". */
  name: z.string(),
  kind: z.enum(["availability", "latency"]),
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
});
