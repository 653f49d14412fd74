/** Durations whose logarithm is normal: a long right tail, the usual shape of response times. */
import { wholeTicks } from "../../kernel/time.ts";
import { exp, log } from "../../kernel/mathematics.ts";
import { duration, factor } from "../../schema/fields.ts";
import { distribution } from "./distribution.ts";

export const lognormal = distribution({
  kind: "lognormal",
  summary: "The exponential of a normal: one hump, a long right tail, all moments finite.",
  options: {
    mean: duration("Expected duration (not the median)."),
    cv: factor("Coefficient of variation: standard deviation / mean.", { min: 0, max: 100 }),
  },
  create({ mean, cv }, { random }) {
    const variance = log(1 + cv * cv);
    const sigma = Math.sqrt(variance);
    const median = mean * exp(-variance / 2);
    return { mean, scv: cv * cv, sample: () => wholeTicks(median * exp(sigma * random.normal())) };
  },
});
