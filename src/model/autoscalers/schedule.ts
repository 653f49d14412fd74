/** Scaling by the clock: so many instances from this instant on. The pre-scaling of a known peak. */
import { z } from "zod";
import { count, duration } from "../../schema/fields.ts";
import { autoscaler } from "./autoscaler.ts";

export const schedule = autoscaler({
  kind: "schedule",
  summary: "Sets the number of instances at given times.",
  example: "autoscalers:\n  web: { kind: schedule, at: [[10 min, 60], [35 min, 16]] }",
  options: {
    at: z
      .array(
        z.tuple([duration("When."), count("Instances from then on.", { min: 1, max: 100_000 })]),
      )
      .min(1)
      .describe("Instants, and the instances wanted from each on."),
  },
  most: ({ at }) => Math.max(...at.map(([, instances]) => instances)),
  create({ at }, { agenda, fleet }) {
    for (const [time, instances] of at) {
      agenda.at(time, () => fleet.scaleTo(instances, "schedule"));
    }
  },
});
