/** A rate that is raised and lowered over the run: the usual day, three times as busy at noon. */
import { z } from "zod";
import { make } from "../../schema/definition.ts";
import * as fields from "../../schema/fields.ts";
import { combined, evenly } from "./combined.ts";
import { curveThrough } from "./piecewise.ts";
import { plainRates, plainRateSchema } from "./plain.ts";
import { inOrderOfTime } from "./profile.ts";
import { rate } from "./rate.ts";

/** Straight lines that follow a product of two slopes this closely cannot be told from it. */
const INTERVALS = 1_000;

const points = inOrderOfTime(
  z.tuple([
    fields.duration("Time since the start of the run."),
    fields.factor("What the rate is multiplied by then.", { min: 0, max: 1e6 }),
  ]),
).describe("Points [time, factor] in order of time; two at the same time make a jump.");

export const product = rate({
  kind: "product",
  summary: "A rate multiplied by a factor that follows given points in time.",
  notes:
    "Where both the rate and the factor change, their product is followed by straight lines, a thousand to the run.",
  example: "rate: { kind: product, rate: 800 rps, points: [[0 min, 1], [10 min, 3]] }",
  options: {
    rate: plainRateSchema.describe("The rate that is multiplied."),
    points,
    interpolation: fields
      .choice("Between two points: a straight line, or the first one's factor until the second.", [
        "linear",
        "step",
      ])
      .default("linear"),
  },
  create({ rate: spec, points: given, interpolation }, context) {
    const curve = make(plainRates, spec, context);
    const factor = curveThrough(given, interpolation);
    const instants = evenly(context.duration, INTERVALS);
    return combined([curve, factor], ([value, times]) => value! * times!, instants);
  },
});
