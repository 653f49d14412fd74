/** Computes on one core of the instance: calls that compute contend for the cores, first come, first served. */
import { z } from "zod";
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { stepDefinition } from "./step.ts";

const schema = z.strictObject({ cpu: distributionSchema });

export const cpuStep = stepDefinition({
  key: "cpu",
  summary: "Computes on one core of the instance, waiting for a core first if all are busy.",
  schema,
  computes: true,
  references: () => [],
  create({ cpu }, { worker, stream }) {
    const time = make(distributions, cpu, { random: stream("cpu-time") });
    return {
      reach: (call) => worker.draw(call, time.sample()),
      begin: (call) => worker.compute(call),
    };
  },
});
