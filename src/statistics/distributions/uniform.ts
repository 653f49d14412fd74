/** Every duration between two bounds is as likely as any other. */
import { wholeTicks } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { distribution } from "./distribution.ts";

export const uniform = distribution({
  kind: "uniform",
  summary: "Every duration between two bounds is equally likely.",
  options: {
    from: duration("One bound."),
    to: duration("The other bound, not reached itself."),
  },
  create({ from, to }, { random }) {
    const mean = (from + to) / 2;
    const variance = ((to - from) * (to - from)) / 12;
    return {
      mean,
      scv: mean === 0 ? 0 : variance / (mean * mean),
      sample: () => wholeTicks(from + (to - from) * random.next()),
    };
  },
});
