/** Holds the slot for a time: work that nothing else on the instance contends with. */
import { z } from "zod";
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { stepDefinition } from "./step.ts";

const schema = z.strictObject({ work: distributionSchema });

export const workStep = stepDefinition({
  key: "work",
  summary: "Holds the slot for a time drawn from a distribution.",
  schema,
  compile({ work }, program, { worker, stream }) {
    const time = make(distributions, work, { random: stream("service-time") });
    program.add({
      reach: (call) => worker.draw(call, time.sample()),
      begin: (call) => worker.work(call),
      slows: true,
      time,
    });
  },
});
