/** What happened before the run, for windows that are longer than it: a perfect history unless told. */
import { z } from "zod";
import { count, rate, share } from "../schema/fields.ts";

export const historySchema = z
  .strictObject({
    failed: share("Share of the requests that failed.").prefault("0 %"),
    rate: rate(
      "Requests of all classes; as many as in the measured part of the run unless given.",
    ).optional(),
    slices: z
      .strictObject({
        bad: count("Those that broke it.", { max: 1e9 }),
        of: count("All of them.", { min: 1, max: 1e9 }),
      })
      .describe(
        "Time slices of the promises that they decide: so many of so many broke their promise, such as those of the month so far.",
      )
      .prefault({ bad: 0, of: 1 }),
  })
  .describe(
    "What happened before the run and its warm-up, which error budgets, alerts and SLA credits of longer windows count.",
  );

export type HistorySpec = z.output<typeof historySchema>;
