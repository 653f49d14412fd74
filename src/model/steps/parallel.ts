/** Makes several calls at once and waits for every answer; fails if one that is not optional failed. */
import { z } from "zod";
import { callSchema } from "./call.ts";
import { stepDefinition } from "./step.ts";

const schema = z.strictObject({ parallel: z.array(callSchema).min(1) });

export const parallelStep = stepDefinition({
  key: "parallel",
  summary: "Makes several calls at once and waits for every answer.",
  schema,
  computes: false,
  references: ({ parallel }) =>
    parallel.map(({ call }, index) => ({ path: ["parallel", index, "call"], target: call })),
  create({ parallel }, { worker, target }) {
    const targets = parallel.map(target);
    return { reach: () => {}, begin: (call) => worker.callAll(call, targets) };
  },
});
