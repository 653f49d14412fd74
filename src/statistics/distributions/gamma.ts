/**
 * Gamma durations: one hump, thin tail, any variability. The Erlang distribution without the demand
 * that the number of phases be whole.
 */
import { exp, log } from "../../kernel/mathematics.ts";
import type { Random } from "../../kernel/random.ts";
import { duration, factor } from "../../schema/fields.ts";
import { distribution } from "./distribution.ts";

export const gamma = distribution({
  kind: "gamma",
  summary: "One hump and a thin tail, as steady or as wild as its cv says; cv 1 is exponential.",
  source:
    "G. Marsaglia, W. W. Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000)",
  options: {
    mean: duration("Expected duration."),
    cv: factor("Coefficient of variation: standard deviation / mean.", { min: 0.01, max: 10 }),
  },
  create({ mean, cv }, { random }) {
    const scv = cv ** 2;
    const shape = 1 / scv;
    const scale = mean / shape;
    return { mean, scv, sample: () => scale * sampleGamma(shape, random) };
  },
});

/** A gamma variate of unit scale. Below shape 1 the method is used one shape higher and scaled down. */
function sampleGamma(shape: number, random: Random): number {
  if (shape >= 1) return squeeze(shape, random);
  return squeeze(shape + 1, random) * exp(-random.exponential() / shape);
}

/** Marsaglia and Tsang: the cube of a shifted normal, accepted so that it is a gamma. Shape ≥ 1. */
function squeeze(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.next();
    // The first test accepts nearly always and spares the logarithms.
    if (u < 1 - 0.0331 * x ** 4 || log(u) < 0.5 * x ** 2 + d * (1 - v + log(v))) return d * v;
  }
}
