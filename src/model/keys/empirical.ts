/** Items as popular as they were counted. */
import { z } from "zod";
import { factor } from "../../schema/fields.ts";
import { AliasTable, BYTES_PER_ITEM } from "./aliasTable.ts";
import { keys } from "./keys.ts";

export const empirical = keys({
  kind: "empirical",
  summary: "Items as popular as they were counted, each with its weight.",
  source: "Walker, ACM TOMS 3(3), 1977 (alias method)",
  notes: "Key 0 has the first weight. Weights are in proportion: requests counted, or shares.",
  example: "keys: { kind: empirical, weights: [1200, 300, 80, 80, 12] }",
  options: {
    weights: z
      .array(factor("How often the item was asked for.", { min: 0, max: 1e15 }))
      .min(1)
      .max(50_000)
      .refine((weights) => weights.some((weight) => weight > 0), {
        error: "every weight is 0; expected at least one above it",
      })
      .describe("For each item how often it was asked for."),
  },
  items: ({ weights }) => weights.length,
  tableBytes: ({ weights }) => weights.length * BYTES_PER_ITEM,
  create: ({ weights }, { random }) => new AliasTable(Float64Array.from(weights), random),
});
