/** Takes memory of the instance until the call leaves. */
import { z } from "zod";
import { bytes } from "../../schema/fields.ts";
import { nothing, stepDefinition } from "./step.ts";

const schema = z.strictObject({ hold: bytes("How much more memory the call holds.", { min: 1 }) });

export const holdStep = stepDefinition({
  key: "hold",
  summary: "Takes memory of the instance, from here until the call leaves it.",
  notes: "What happens when there is not enough is said by `memory.when-full`.",
  example: "memory: { size: 2 GiB }\noperations: { render: [{ hold: 50 MiB }, { cpu: 200 ms }] }",
  schema,
  needs: "memory",
  compile({ hold }, program, { worker }) {
    program.add({ reach: nothing, begin: (call) => worker.hold(call, hold) });
  },
});
