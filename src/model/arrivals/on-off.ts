/** Bursts: a source that is on for a while, then off for a while. */
import { SECOND } from "../../kernel/time.ts";
import * as fields from "../../schema/fields.ts";
import { arrivals } from "./arrivals.ts";
import { Modulated } from "./mmpp.ts";

export const onOff = arrivals({
  kind: "on-off",
  summary: "Bursts: Poisson arrivals while a source is on, few or none while it is off.",
  source: "W. Fischer and K. Meier-Hellstern, Performance Evaluation 18, 1993",
  notes: "A Markov-modulated Poisson process with two states; both last for exponential times.",
  example: "arrivals: { kind: on-off, rate: 900 rps, on: 2 s, off: 8 s }",
  oblivious: true,
  options: {
    rate: fields.rate("Arrivals while it is on."),
    on: fields.duration("How long it stays on, on average.", { min: 1e6 }),
    off: fields.duration("How long it stays off, on average.", { min: 1e6 }),
    "rate-off": fields.rate("Arrivals while it is off.").prefault("0 rps"),
  },
  expected: ({ rate, on, off, "rate-off": rateOff }, { duration }) =>
    (((rate * on + rateOff * off) / (on + off)) * duration) / SECOND,
  create: ({ rate, on, off, "rate-off": rateOff }, { random, duration }) =>
    new Modulated(
      [
        { rate, holding: on },
        { rate: rateOff, holding: off },
      ],
      random,
      duration,
    ),
});
