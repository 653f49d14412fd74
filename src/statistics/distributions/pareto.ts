/** The power law: P(X > x) = (minimum / x)^shape. Rare samples bring most of the work. */
import { wholeTicks } from "../../kernel/time.ts";
import { exp } from "../../kernel/mathematics.ts";
import { duration, factor } from "../../schema/fields.ts";
import { distribution } from "./distribution.ts";

export const pareto = distribution({
  kind: "pareto",
  summary: "A power-law tail: P(X > x) = (minimum / x)^shape.",
  notes:
    "At shape 2 and below the variance is infinite, at 1 and below the mean as well: no run is long enough for the averages to settle, so read the quantiles.",
  options: {
    minimum: duration("The shortest duration."),
    shape: factor("Exponent of the tail: the smaller, the heavier.", { min: 0.2, max: 100 }),
  },
  create({ minimum, shape }, { random }) {
    return {
      mean: shape > 1 ? (shape * minimum) / (shape - 1) : Infinity,
      scv: shape > 2 ? 1 / (shape * (shape - 2)) : Infinity,
      sample: () => wholeTicks(minimum * exp(random.exponential() / shape)),
    };
  },
});
