/**
 * Gamma durations: one hump, thin tail, any variability. The Erlang distribution without the demand
 * that the number of phases be whole.
 */
import { exp, log } from "../../kernel/mathematics.ts";
import type { Random } from "../../kernel/random.ts";
import { wholeTicks, type Duration } from "../../kernel/time.ts";
import { duration, factor } from "../../schema/fields.ts";
import { distribution, type Distribution } from "./distribution.ts";

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
    if (cv === 1) return { mean, scv: 1, sample: () => wholeTicks(mean * random.exponential()) };
    return new Gamma(mean, cv * cv, random);
  },
});

class Gamma implements Distribution {
  readonly mean: Duration;
  readonly scv: number;
  private readonly random: Random;
  private readonly shape: number;
  private readonly scale: number;
  /** Where and how steeply the normal is shifted before it is cubed. */
  private readonly d: number;
  private readonly c: number;

  constructor(mean: Duration, scv: number, random: Random) {
    this.mean = mean;
    this.scv = scv;
    this.random = random;
    this.shape = 1 / scv;
    this.scale = mean / this.shape;
    this.d = (this.shape < 1 ? this.shape + 1 : this.shape) - 1 / 3;
    this.c = 1 / Math.sqrt(9 * this.d);
  }

  /** Below shape 1 the method is used one shape higher and scaled down. */
  sample(): Duration {
    const unscaled = this.scale * this.squeeze();
    const isShaped = this.shape >= 1;
    return wholeTicks(
      isShaped ? unscaled : unscaled * exp(-this.random.exponential() / this.shape),
    );
  }

  /** Marsaglia and Tsang: the cube of a shifted normal, accepted so that it is a gamma of unit scale. */
  private squeeze(): number {
    const { random, c, d } = this;
    for (;;) {
      const x = random.normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = 1 - random.next();
      const square = x * x;
      // The first test accepts nearly always and spares the logarithms.
      if (u < 1 - 0.0331 * square * square) return d * v;
      if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
    }
  }
}
