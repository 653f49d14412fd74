/**
 * Items drawn in proportion to their weights, in constant time, from an alias table: N equal columns,
 * each shared by at most two items; one draw picks the column, one picks the side.
 *
 *     probability × N      .------.
 *        1  ---------------| b    |-------------
 *           | a   | b      |------| c    |
 *           |     |--------| c    |      |         column 1 gives b below the line, a above it
 *           '-----'--------'------'------'
 *
 * Walker, ACM TOMS 3(3), 1977.
 */
import type { Random } from "../../kernel/random.ts";
import type { Keys } from "./keys.ts";

/** Memory of a table [bytes an item]. */
export const BYTES_PER_ITEM = 8;

export class AliasTable implements Keys {
  readonly items: number;
  /**
   * Two numbers a column, side by side because a draw from a large table is one miss of the memory
   * cache or two: the height below which the column's own item is meant, in 2^-32, and the item
   * meant above it.
   */
  private readonly columns: Uint32Array;
  private readonly random: Random;

  /** @param heights weight of each item, falling or not; used up. */
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
 * Tops up each column that is not full from an item that has more than its own column holds. Those
 * donors give in their order; one that has given too much is topped up by the next.
 */
function fillColumns(own: Float64Array): Uint32Array {
  const items = own.length;
  const columns = new Uint32Array(2 * items);
  for (let column = 0; column < items; column++) columns[2 * column + 1] = column;
  let donor = donorFrom(own, 0);
  for (let poor = 0; poor < items; poor++) {
    const isTopped = columns[2 * poor + 1] !== poor;
    if (own[poor]! >= 1 || isTopped) continue;
    let column = poor;
    while (donor < items) {
      columns[2 * column + 1] = donor;
      own[donor]! -= 1 - own[column]!;
      if (own[donor]! >= 1) break;
      column = donor;
      donor = donorFrom(own, donor + 1);
    }
  }
  for (let column = 0; column < items; column++) {
    columns[2 * column] = Math.min(Math.ceil(own[column]! * 2 ** 32), 2 ** 32 - 1);
  }
  return columns;
}

/** The first item from a place on that has more than a column holds, or exactly that. */
function donorFrom(own: Float64Array, from: number): number {
  let donor = from;
  while (donor < own.length && own[donor]! < 1) donor++;
  return donor;
}
