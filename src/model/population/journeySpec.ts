/** A journey in the words of the language. */
import { z } from "zod";
import { duration, name, share } from "../../schema/fields.ts";
import { distributionSchema } from "../../statistics/distributions/index.ts";
import { classFields } from "../requestClass.ts";

const stepSchema = z
  .strictObject({
    ...classFields,
    think: distributionSchema.describe("From its answer to the next request.").prefault("0 s"),
    next: z
      .record(name("A step."), share("Share of its users who go there."))
      .describe("Where its users go next; those who are left over leave.")
      .default({}),
  })
  .describe("One step: a request of a class that has its name.");

const abandonSchema = z
  .strictObject({
    "slower-than": duration(
      "Answers that take longer than this are slow; without it, none is.",
    ).optional(),
    chance: share("Share of slow answers after which the user leaves.").prefault("100 %"),
    "after-error": share(
      "Share of failed requests after which the user leaves; the others think and ask again.",
    ).prefault("100 %"),
  })
  .describe("When users leave early.");

export const journeySchema = z
  .strictObject({
    start: name("The step at which users begin; the first one listed unless given.").optional(),
    steps: z
      .record(name("A step, and the request class it asks for."), stepSchema)
      .describe("What users may do."),
    abandon: abandonSchema.prefault({}),
  })
  .describe("Sessions: steps that a user takes one after another, each a class of requests.");

export type JourneySpec = z.output<typeof journeySchema>;
