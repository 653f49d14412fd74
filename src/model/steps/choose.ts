/** Goes one of several ways by chance: a hit or a miss, a cheap page or a dear one. */
import { z } from "zod";
import { share } from "../../schema/fields.ts";
import { nothing, stepDefinition, type Step } from "./step.ts";
import { stepListSchema } from "./list.ts";

const schema = z
  .strictObject({
    choose: z
      .array(
        z.strictObject({
          share: share("How likely this way is."),
          steps: stepListSchema.describe("The steps on this way."),
        }),
      )
      .min(1)
      .describe("The ways; what is missing to 100 % goes on without any of them."),
  })
  .superRefine(({ choose }, { addIssue }) => {
    const total = choose.reduce((sum, { share: part }) => sum + part, 0);
    if (total <= 1 + 1e-9) return;
    const message = `the shares add up to ${Number((total * 100).toFixed(6))} %; expected at most 100 %`;
    addIssue({ code: "custom", path: ["choose"], message });
  });

export const chooseStep = stepDefinition({
  key: "choose",
  summary: "Goes one of several ways, drawn with given probabilities.",
  example:
    "operations:\n  page:\n    - choose:\n        - { share: 90 %, steps: [{ work: 1 ms }] }\n        - { share: 10 %, steps: [{ call: db.read }, { work: 5 ms }] }",
  schema,
  inner: ({ choose }) =>
    choose.map(({ steps }, index) => ({ path: ["choose", index, "steps"], steps })),
  compile({ choose }, program, { worker, stream }) {
    const random = stream("choice");
    const fork = program.reserve();
    const starts: number[] = [];
    const ends: number[] = [];
    const untils: number[] = [];
    let until = 0;
    choose.forEach(({ share: part, steps }, index) => {
      untils.push((until += part));
      starts.push(program.end);
      program.addAll(steps, String(index));
      ends.push(program.reserve());
    });
    if (until > 1 - 1e-9) untils[untils.length - 1] = Infinity;
    const { end } = program;
    const leave: Step = { reach: (call) => worker.jump(call, end), begin: nothing };
    for (const position of ends) program.fill(position, leave);
    program.fill(fork, {
      reach(call) {
        const place = random.next();
        let way = 0;
        while (way < untils.length && place >= untils[way]!) way++;
        worker.jump(call, starts[way] ?? end);
      },
      begin: nothing,
    });
  },
});
