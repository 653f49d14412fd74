/** What a Result says of a game-day drill: what was broken at the peak, and which promises survived it. */
import { z } from "zod";
import { number, seconds } from "./fields.ts";

/** What is broken, one thing at a time. */
export const drillKinds = ["nothing", "crash", "zone", "slow", "partition"] as const;

export const drillTrial = z.strictObject({
  /** The part it is done to; null for nothing, and for a zone with all that is in it. */
  part: z.string().nullable(),
  kind: z.enum(drillKinds),
  /** "one of 10 instances of web crashes and stays away". */
  words: z.string(),
  /** Why it could not be run to its end; null when it was. */
  stopped: z.string().nullable(),
  met: z.boolean(),
  /** In the order of the scenario; empty for a trial that was stopped. */
  objectives: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["availability", "latency", "slices"]),
      target: number,
      observed: number.nullable(),
      met: z.boolean(),
      /** What broke first of all that its requests need, in a sentence; null when it was kept. */
      cause: z.string().nullable(),
    }),
  ),
});

export const drillResult = z.strictObject({
  /** When everything is broken: the middle of the window with the most arrivals [s]. */
  at: seconds,
  /** Requests that arrive then [1/s]. */
  rate: number,
  /** How long what lasts lasts [s]. */
  length: seconds,
  trials: z.array(drillTrial),
});

export type DrillResult = z.output<typeof drillResult>;
export type DrillTrial = DrillResult["trials"][number];
