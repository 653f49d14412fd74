/**
 * Arrivals whose gaps are independent and all of one law: more regular than Poisson, or burstier.
 *
 * The gaps' coefficient of variation tells how: 0 is clockwork, 1 Poisson's, 3 comes in clumps. A rate
 * stretches time: a gap then lasts until as many arrivals are expected as it has means.
 */
import { MICROSECOND, SECOND } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { expectedUnder } from "../rates/expected.ts";
import { rates, rateSchema } from "../rates/index.ts";
import { UnusableRate } from "../rates/rate.ts";
import { arrivals, type ArrivalsContext } from "./arrivals.ts";

export const renewal = arrivals({
  kind: "renewal",
  summary:
    "Arrivals with independent gaps of any distribution: more regular than Poisson, or burstier.",
  source: "D. R. Cox, Renewal Theory, 1962; with a rate: time change by the mean",
  notes:
    "Counts over long stretches have variance / mean = the square of the gaps' coefficient of variation. The first gap begins with the run.",
  example: "arrivals: { kind: renewal, gaps: { kind: gamma, mean: 10 ms, cv: 3 } }",
  oblivious: true,
  options: {
    gaps: distributionSchema.describe("Time from one arrival to the next."),
    rate: rateSchema
      .describe(
        "How many arrive over time; then only the shape of the gaps counts, not their mean.",
      )
      .optional(),
  },
  expected(options, context) {
    if (options.rate) return expectedUnder(make(rates, options.rate, context), context.duration);
    return context.duration / meanOf(options.gaps, context);
  },
  create(options, context) {
    const gaps = make(distributions, options.gaps, context);
    const mean = meanOf(options.gaps, context);
    if (options.rate === undefined) return { next: (now) => now + gaps.sample() };
    if (mean < MICROSECOND)
      throw new UnusableRate(
        "the gaps have a mean below 1 µs; with a rate only their shape counts: make them longer",
      );
    const curve = make(rates, options.rate, context);
    return { next: (now) => Math.floor(curve.advance(now, gaps.sample() / mean) + 0.5) };
  },
});

/** The mean gap, which must be a time [ns]. */
function meanOf(gaps: { kind: string }, context: ArrivalsContext): number {
  const { mean } = make(distributions, gaps, context);
  if (mean > 0 && mean < Infinity) return mean;
  throw new UnusableRate(
    `the gaps have a mean of ${mean / SECOND} s; expected more than 0 and not infinitely many`,
  );
}
