/**
 * Arrivals like clockwork: the n-th comes when n are expected.
 *
 * At a constant rate they are equally spaced, the first one spacing after the start. Each instant
 * is counted from the start, so that rounding to ticks never adds up.
 */
import { make } from "../../schema/definition.ts";
import { expectedUnder } from "../rates/expected.ts";
import { rates, rateSchema } from "../rates/index.ts";
import { arrivals } from "./arrivals.ts";

export const deterministic = arrivals({
  kind: "deterministic",
  summary: "Evenly spaced arrivals at a rate that may change over time.",
  notes: "Nothing random: a queue forms only where the rate itself exceeds capacity.",
  oblivious: true,
  options: { rate: rateSchema },
  expected: ({ rate }, context) => expectedUnder(make(rates, rate, context), context.duration),
  create({ rate }, context) {
    const curve = make(rates, rate, context);
    let count = 0;
    return {
      next(now) {
        let instant;
        do instant = Math.floor(curve.advance(0, ++count) + 0.5);
        while (instant < now);
        return instant;
      },
    };
  },
});
