/** Weibull durations: times to failure whose rate falls (shape < 1) or rises (shape > 1) with age. */
import { wholeTicks } from "../../kernel/time.ts";
import { power } from "../../kernel/mathematics.ts";
import { duration, factor } from "../../schema/fields.ts";
import { gammaFunction } from "../specialFunctions.ts";
import { distribution } from "./distribution.ts";

export const weibull = distribution({
  kind: "weibull",
  summary: "Times to failure: shape below 1 fails young, 1 is exponential, above 1 wears out.",
  options: {
    mean: duration("Expected duration."),
    shape: factor("Shape: how the failure rate changes with age.", { min: 0.2, max: 100 }),
  },
  create({ mean, shape }, { random }) {
    const unitMean = gammaFunction(1 + 1 / shape);
    const scale = mean / unitMean;
    return {
      mean,
      scv: gammaFunction(1 + 2 / shape) / (unitMean * unitMean) - 1,
      sample: () => wholeTicks(scale * power(random.exponential(), 1 / shape)),
    };
  },
});
