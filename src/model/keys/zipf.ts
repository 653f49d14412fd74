/** Zipf's law: the k-th most popular item is requested in proportion to 1/k^exponent. */
import { power } from "../../kernel/mathematics.ts";
import { count, factor } from "../../schema/fields.ts";
import { AliasTable, BYTES_PER_ITEM } from "./aliasTable.ts";
import { keys } from "./keys.ts";

export const zipf = keys({
  kind: "zipf",
  summary: "A few items are very popular: the k-th is requested in proportion to 1/k^exponent.",
  source:
    "Walker, ACM TOMS 3(3), 1977 (alias method); default exponent: YCSB, generator/ZipfianGenerator.java",
  notes: "Key 0 is the most popular. The table takes 8 bytes an item.",
  options: {
    items: count("Items there are.", { min: 1, max: 1e7 }),
    exponent: factor("How steeply popularity falls; 0 is no fall at all.", {
      min: 0,
      max: 10,
    }).prefault(0.99),
  },
  items: ({ items }) => items,
  tableBytes: ({ items }) => items * BYTES_PER_ITEM,
  create: ({ items, exponent }, { random }) => new AliasTable(weights(items, exponent), random),
});

function weights(items: number, exponent: number): Float64Array {
  const weights = new Float64Array(items);
  for (let rank = 0; rank < items; rank++) weights[rank] = power(rank + 1, -exponent);
  return weights;
}
