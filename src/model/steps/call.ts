/** Calls an operation of another part and waits for the answer. */
import { z } from "zod";
import { flag, text } from "../../schema/fields.ts";
import { policyFields } from "../policy.ts";
import { nothing, stepDefinition } from "./step.ts";

export const callSchema = z
  .strictObject({
    call: text(
      "Which operation of which part, as part.operation; the part alone where it has one.",
    ),
    ...policyFields,
    optional: flag("Go on without the answer when the call fails.").default(false),
  })
  .meta({
    description: "Calls an operation of another part and waits for the answer.",
    family: "step",
    kind: "call",
  });

export const callStep = stepDefinition({
  key: "call",
  summary: "Calls an operation of another part and waits for the answer.",
  schema: callSchema,
  references: ({ call }) => [{ path: ["call"], target: call }],
  compile(spec, program, { worker, target }) {
    const targets = [target(spec, 0)];
    program.add({ reach: nothing, begin: (call) => worker.callAll(call, targets), targets });
  },
});
