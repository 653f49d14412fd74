/** What happened before the run, for windows that are longer than it: a perfect history unless told. */
import { z } from "zod";
import { rate, share } from "../schema/fields.ts";

export const historySchema = z
  .strictObject({
    failed: share("Share of the requests that failed.").prefault("0 %"),
    rate: rate(
      "Requests of all classes; as many as in the measured part of the run unless given.",
    ).optional(),
  })
  .describe(
    "What happened before the run and its warm-up, which error budgets, alerts and SLA credits of longer windows count.",
  );

export type HistorySpec = z.output<typeof historySchema>;
