/** Several exponential phases one after another: steadier than one, scv 1/phases. */
import { wholeTicks } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import { distribution } from "./distribution.ts";

export const erlang = distribution({
  kind: "erlang",
  summary: "Several exponential phases of equal mean, one after another: cv 1/√phases.",
  notes:
    "A sample costs one draw per phase; a gamma of the same cv costs about two whatever its cv.",
  options: {
    mean: duration("Expected duration of all phases together."),
    phases: count("How many phases.", { min: 1, max: 1000 }),
  },
  create({ mean, phases }, { random }) {
    const phaseMean = mean / phases;
    return {
      mean,
      scv: 1 / phases,
      sample() {
        let sum = 0;
        for (let phase = 0; phase < phases; phase += 1) sum += random.exponential();
        return wholeTicks(phaseMean * sum);
      },
    };
  },
});
