/** A rate that no two days repeat: each stretch of time is a little busier or quieter than planned. */
import { SECOND, toSeconds } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import * as fields from "../../schema/fields.ts";
import { gamma } from "../../statistics/distributions/gamma.ts";
import { combined } from "./combined.ts";
import { curveThrough, type Point } from "./piecewise.ts";
import { plainRates, plainRateSchema } from "./plain.ts";
import { rate, UnusableRate } from "./rate.ts";

/** The most stretches of a run [stretches]. */
const MOST_STRETCHES = 100_000;

export const noisy = rate({
  kind: "noisy",
  summary: "A rate that by chance is higher in one stretch of time and lower in the next.",
  notes:
    "Each stretch draws a factor from a gamma distribution with mean 1, so that the rate is right on average and never negative. Every replication has its own.",
  example:
    "rate: { kind: noisy, rate: { kind: daily, peak: 800 rps, trough: 20 % }, cv: 0.1, every: 5 min }",
  options: {
    rate: plainRateSchema.describe("The rate expected."),
    cv: fields.factor("Coefficient of variation of the factor: its standard deviation.", {
      min: 0.001,
      max: 10,
    }),
    every: fields.duration("Length of a stretch.", { min: 1e6 }).prefault("5 min"),
  },
  create({ rate: spec, cv, every }, context) {
    const curve = make(plainRates, spec, context);
    const stretches = Math.ceil(context.duration / every);
    if (stretches > MOST_STRETCHES)
      throw new UnusableRate(
        `the run has ${stretches} stretches of noise; expected at most ${MOST_STRETCHES}: make them longer`,
      );
    const luck = gamma.create({ mean: SECOND, cv }, { random: context.stream("noise") });
    const factors = Array.from({ length: stretches }, (_, index): Point => [
      index * every,
      toSeconds(luck.sample()),
    ]);
    const factor = curveThrough(factors, "step");
    return combined([curve, factor], ([value, times]) => value! * times!);
  },
});
