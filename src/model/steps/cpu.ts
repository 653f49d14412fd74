/** Computes on the cores of the instance, for which calls contend. */
import { z } from "zod";
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { resourceNames } from "../resource.ts";
import { stepDefinition } from "./step.ts";

const schema = z.strictObject({ cpu: distributionSchema });
const CPU = resourceNames.indexOf("cpu");

export const cpuStep = stepDefinition({
  key: "cpu",
  summary:
    "Computes on one core of the instance, waiting for it or sharing it as `cpu.sharing` says.",
  schema,
  needs: "cpu",
  compile({ cpu }, program, { worker, stream }) {
    const time = make(distributions, cpu, { random: stream("cpu-time") });
    program.add({
      reach: (call) => worker.draw(call, time.sample()),
      begin: (call) => worker.use(call, CPU),
    });
  },
});
