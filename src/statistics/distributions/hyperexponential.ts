/**
 * A mixture of two exponentials, a quick kind of work and a slow one. The two branches are balanced:
 * each brings half of the total work, which leaves mean and cv as the only parameters.
 */
import { wholeTicks } from "../../kernel/time.ts";
import { duration, factor } from "../../schema/fields.ts";
import { distribution } from "./distribution.ts";

export const hyperexponential = distribution({
  kind: "hyperexponential",
  summary: "Two exponential kinds of work mixed, each half of all work: wilder than exponential.",
  source: "balanced means: H. C. Tijms, A First Course in Stochastic Models (2003), appendix B",
  options: {
    mean: duration("Expected duration."),
    cv: factor("Coefficient of variation: standard deviation / mean, at least 1.", {
      min: 1,
      max: 100,
    }),
  },
  create({ mean, cv }, { random }) {
    const scv = cv * cv;
    const quickShare = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
    const quickMean = mean / (2 * quickShare);
    const slowMean = mean / (2 * (1 - quickShare));
    return {
      mean,
      scv,
      sample: () =>
        wholeTicks((random.next() < quickShare ? quickMean : slowMean) * random.exponential()),
    };
  },
});
