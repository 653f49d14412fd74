/**
 * Makes several calls at once and waits for every answer, for the first, or for a quorum.
 *
 * Whoever has not answered by then is not waited for; it goes on working, for nothing.
 */
import { z } from "zod";
import { count } from "../../schema/fields.ts";
import { callSchema } from "./call.ts";
import { nothing, stepDefinition } from "./step.ts";

const needed = z
  .union([count("Right answers to wait for.", { min: 1 }), z.enum(["all", "first"])])
  .describe(
    "How many right answers to wait for: all, the first, or a number of them. The step fails as soon as there cannot be so many any more; with `all`, once every answer is in.",
  )
  .default("all");

const schema = z
  .strictObject({ parallel: z.array(callSchema).min(1), "wait-for": needed })
  .superRefine(({ parallel, "wait-for": wanted }, { addIssue }) => {
    if (typeof wanted === "number" && wanted > parallel.length) {
      const message = `${parallel.length} calls cannot bring ${wanted} answers`;
      addIssue({ code: "custom", path: ["wait-for"], message });
    }
    if (wanted === "all") return;
    parallel.forEach(({ optional, breaker }, index) => {
      const refuse = (field: string, message: string) =>
        addIssue({ code: "custom", path: ["parallel", index, field], message });
      if (optional)
        refuse("optional", "with `wait-for` every answer counts; it cannot be optional");
      if (breaker) refuse("breaker", "a breaker needs every answer; `wait-for` leaves some behind");
    });
  });

export const parallelStep = stepDefinition({
  key: "parallel",
  summary: "Makes several calls at once and waits for every answer, or for some.",
  notes:
    "Calls that are not waited for any more are not cancelled: their callees finish the work they have begun.",
  example:
    "operations:\n  read:\n    - { parallel: [{ call: east }, { call: west }, { call: north }], wait-for: 2 }",
  schema,
  references: ({ parallel }) =>
    parallel.map(({ call }, index) => ({ path: ["parallel", index, "call"], target: call })),
  compile({ parallel, "wait-for": wanted }, program, { worker, target }) {
    const targets = parallel.map(target);
    const count = wanted === "first" ? 1 : wanted;
    const begin =
      count === "all"
        ? (call: number) => worker.callAll(call, targets)
        : (call: number) => worker.callSome(call, targets, count);
    program.add({ reach: nothing, begin });
  },
});
