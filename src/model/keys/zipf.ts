/**
 * Zipf's law: the k-th most popular item is requested in proportion to 1/k^exponent.
 *
 * Drawn in constant time from an alias table: N equal columns, each shared by at most two items;
 * one draw picks the column, one picks the side.
 *
 *     probability × N      .------.
 *        1  ---------------| b    |-------------
 *           | a   | b      |------| c    |
 *           |     |--------| c    |      |         column 1 gives b below the line, a above it
 *           '-----'--------'------'------'
 */
import { power } from "../../kernel/mathematics.ts";
import type { Random } from "../../kernel/random.ts";
import { count, factor } from "../../schema/fields.ts";
import { keys, type Keys } from "./keys.ts";

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
  create: ({ items, exponent }, { random }) => new AliasTable(weights(items, exponent), random),
});

function weights(items: number, exponent: number): Float64Array {
  return Float64Array.from({ length: items }, (_, rank) => power(rank + 1, -exponent));
}

class AliasTable implements Keys {
  readonly items: number;
  /**
   * Two numbers a column, side by side because a draw from a large table is one miss of the memory
   * cache or two: the height below which the column's own item is meant, in 2^-32, and the item
   * meant above it.
   */
  private readonly columns: Uint32Array;
  private readonly random: Random;

  /** @param heights weight of each item, falling; used up. */
  constructor(heights: Float64Array, random: Random) {
    this.items = heights.length;
    this.random = random;
    scaleToMeanOne(heights);
    this.columns = fillColumns(heights);
  }

  draw(): number {
    const column = this.random.below(this.items);
    return this.random.below(2 ** 32) < this.columns[2 * column]!
      ? column
      : this.columns[2 * column + 1]!;
  }
}

function scaleToMeanOne(heights: Float64Array): void {
  const items = heights.length;
  let total = 0;
  for (let item = items - 1; item >= 0; item--) total += heights[item]!; // small ones first: exacter
  for (let item = 0; item < items; item++) heights[item] = (heights[item]! * items) / total;
}

/**
 * Tops up each column that is not full from an item that has more than its own column holds.
 * Weights fall with rank, so those donors are the first items; one that has given too much is
 * topped up by the next.
 */
function fillColumns(own: Float64Array): Uint32Array {
  const items = own.length;
  const columns = new Uint32Array(2 * items);
  for (let column = 0; column < items; column++) columns[2 * column + 1] = column;
  let donors = 0;
  while (donors < items && own[donors]! >= 1) donors++;
  let donor = 0;
  for (let poor = donors; poor < items; poor++) {
    let column = poor;
    while (donor < donors) {
      columns[2 * column + 1] = donor;
      own[donor]! -= 1 - own[column]!;
      if (own[donor]! >= 1) break;
      column = donor++;
    }
  }
  for (let column = 0; column < items; column++) {
    columns[2 * column] = Math.min(Math.ceil(own[column]! * 2 ** 32), 2 ** 32 - 1);
  }
  return columns;
}
