/**
 * Poisson arrivals: many independent shoppers, none of whom knows of the others.
 *
 * With a rate that changes, the expected number of arrivals between one and the next is
 * exponential with mean 1; the curve says how long that takes. Exact, without thinning.
 */
import { make } from "../../schema/definition.ts";
import { expectedUnder } from "../rates/expected.ts";
import { rates, rateSchema } from "../rates/index.ts";
import { arrivals } from "./arrivals.ts";

export const poisson = arrivals({
  kind: "poisson",
  summary: "Independent arrivals at a rate that may change over time.",
  source: "Çınlar, Introduction to Stochastic Processes, 1975, ch. 4 (time change by the mean)",
  usual: true,
  oblivious: true,
  options: { rate: rateSchema },
  expected: ({ rate }, context) => expectedUnder(make(rates, rate, context), context.duration),
  create({ rate }, context) {
    const curve = make(rates, rate, context);
    const { random } = context;
    return { next: (now) => Math.floor(curve.advance(now, random.exponential()) + 0.5) };
  },
});
