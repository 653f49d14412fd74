/** Lets time pass without computing: a sleep, a poll, somebody outside the model. */
import { z } from "zod";
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { stepDefinition } from "./step.ts";

const schema = z.strictObject({ wait: distributionSchema });

export const waitStep = stepDefinition({
  key: "wait",
  summary: "Lets time pass without computing: something outside the platform, or a sleep.",
  notes:
    "No fault, pause or warm-up makes it longer. The slot is kept or given to others as `while-calling` says.",
  schema,
  compile({ wait }, program, { worker, stream }) {
    const time = make(distributions, wait, { random: stream("waiting-time") });
    program.add({
      reach: (call) => worker.draw(call, time.sample()),
      begin: (call) => worker.wait(call),
    });
  },
});
