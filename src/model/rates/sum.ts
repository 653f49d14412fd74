/** Several rates at once: the usual traffic, and on top of it a campaign. */
import { z } from "zod";
import { make, oneOf } from "../../schema/definition.ts";
import { combined } from "./combined.ts";
import { noisy } from "./noisy.ts";
import { plainRates } from "./plain.ts";
import { product } from "./product.ts";
import { rate } from "./rate.ts";
import { orRate } from "./shorthand.ts";

const members = [...plainRates, product, noisy] as const;

export const sum = rate({
  kind: "sum",
  summary: "Several rates added: the usual traffic, and on top of it a campaign.",
  example: "rate: { kind: sum, of: [800 rps, { kind: flash-sale, at: 10 min, peak: 20k rps }] }",
  options: {
    of: z
      .array(orRate(oneOf(members, "summand")))
      .min(1)
      .max(20)
      .describe("The rates to add."),
  },
  create({ of }, context) {
    const curves = of.map((spec, index) =>
      make(members, spec, {
        ...context,
        stream: (purpose) => context.stream(`${purpose} of rate ${index + 1}`),
      }),
    );
    return combined(curves, (rates) => rates.reduce((total, one) => total + one, 0));
  },
});
