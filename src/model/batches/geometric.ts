/** After each member another follows with the same chance: P(n) = p (1-p)^(n-1), mean 1/p. */
import { log } from "../../kernel/mathematics.ts";
import { factor } from "../../schema/fields.ts";
import { batchSize } from "./batch-size.ts";

export const geometric = batchSize({
  kind: "geometric",
  summary: "Often one, sometimes many: after each member another follows with the same chance.",
  options: { mean: factor("How many on average.", { min: 1, max: 1e6 }) },
  create({ mean }, { random }) {
    // The number of times a chance of `going on` succeeds is an exponential, rounded down.
    const scale = mean === 1 ? 0 : -1 / log(1 - 1 / mean);
    return { mean, draw: () => 1 + Math.floor(random.exponential() * scale) };
  },
});
