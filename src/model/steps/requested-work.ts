/** Holds the slot for the time that the request itself brings: what a replayed row says. */
import { z } from "zod";
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { NONE } from "../calls.ts";
import { stepDefinition } from "./step.ts";

const schema = z.strictObject({
  "requested-work": distributionSchema.describe("The time of requests that tell none."),
});

export const requestedWorkStep = stepDefinition({
  key: "requested-work",
  summary:
    "Holds the slot for the time told by the replayed row that the call serves, or else for one drawn from a distribution.",
  notes: "Calls that other parts make for the request tell the same.",
  example: "operations: { browse: [{ requested-work: 20 ms }] }",
  schema,
  compile({ "requested-work": otherwise }, program, { worker, stream, calls }) {
    const time = make(distributions, otherwise, { random: stream("service-time") });
    program.add({
      reach(call) {
        const told = calls.workBrought(call);
        worker.draw(call, told === NONE ? time.sample() : told);
      },
      begin: (call) => worker.work(call),
      slows: true,
    });
  },
});
