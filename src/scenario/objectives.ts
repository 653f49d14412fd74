/** What a scenario says was promised. */
import { z } from "zod";
import { SECOND } from "../kernel/time.ts";
import { choice, duration, name, share, text } from "../schema/fields.ts";

const windowFields = {
  period: duration(
    "Window of the promise, such as 30 d: how much of its error budget, in requests or in time slices where they decide, is left after the run is told too. What was before the run is what `history` says.",
    { min: SECOND },
  ).optional(),
  elapsed: duration(
    "How much of a calendar window had passed when the run began; a rolling window, which ends with the run, unless given.",
  ).optional(),
};

const sliceFields = {
  slice: duration(
    "Length of time slices, such as 1 min: how many of them kept the promise, and what is left of their budget, is told too.",
    { min: SECOND / 1000 },
  ).optional(),
  "of-slices": share(
    "Share of the time slices that must keep it; then they decide, not all requests together.",
    { min: 0.01 },
  ).optional(),
};

export const availabilitySchema = z.strictObject({
  availability: share("Share of requests that must succeed."),
  of: name("The request class; all of them unless given.").optional(),
  ...windowFields,
  ...sliceFields,
});

export const latencySchema = z.strictObject({
  latency: choice("Which percentile.", ["p50", "p90", "p95", "p99", "p99.9", "p99.99"]),
  of: name("The request class; all of them unless given.").optional(),
  below: duration("What it must stay below."),
  ...windowFields,
  ...sliceFields,
});

export const objectiveSchema = z.union([availabilitySchema, latencySchema]).meta({
  description:
    "A promise: a share of requests that succeed, or a latency percentile below a bound.",
  family: "objective",
});

/** A document that says it instead; composing a file replaces it by what it says. */
export const openSloSchema = z
  .strictObject({
    openslo: text(
      "A file of OpenSLO documents beside the scenario: every objective of every SLO in it. Calendar windows are on the clock of `run.clock`, unless their zone is UTC.",
    ),
    of: name("The request class they are about; all of them unless given.").optional(),
    unit: choice("What the values of threshold metrics are in.", ["s", "ms"]).default("s"),
  })
  .describe("Promises from an OpenSLO file.");

export type ObjectiveSpec = z.output<typeof objectiveSchema>;
