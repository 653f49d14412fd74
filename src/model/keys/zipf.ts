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
  notes: "Key 0 is the most popular. The table takes 12 bytes an item.",
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
  /** Height in each column below which the column's own item is meant, 0 to 1. */
  private readonly own: Float64Array;
  /** The item meant above that height. */
  private readonly other: Int32Array;
  private readonly random: Random;

  /** @param heights weight of each item; becomes part of the table. */
  constructor(heights: Float64Array, random: Random) {
    this.items = heights.length;
    this.own = heights;
    this.other = Int32Array.from(heights.keys());
    this.random = random;
    this.scaleToMeanOne();
    this.fillColumns();
  }

  draw(): number {
    const column = this.random.below(this.items);
    return this.random.next() < this.own[column]! ? column : this.other[column]!;
  }

  private scaleToMeanOne(): void {
    const { own, items } = this;
    let total = 0;
    for (let item = items - 1; item >= 0; item--) total += own[item]!; // small ones first: exacter
    for (let item = 0; item < items; item++) own[item] = (own[item]! * items) / total;
  }

  /**
   * Tops up each column that is not full from an item that has more than its own column holds.
   * Weights fall with rank, so those donors are the first items; one that has given too much is
   * topped up by the next.
   */
  private fillColumns(): void {
    const { own, other, items } = this;
    let donors = 0;
    while (donors < items && own[donors]! >= 1) donors++;
    let donor = 0;
    for (let poor = donors; poor < items; poor++) {
      let column = poor;
      while (donor < donors) {
        other[column] = donor;
        own[donor]! -= 1 - own[column]!;
        if (own[donor]! >= 1) break;
        column = donor++;
      }
    }
  }
}
