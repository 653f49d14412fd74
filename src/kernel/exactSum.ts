/**
 * A sum of whole numbers that may grow beyond 2^53 and stays exact: it is rounded once, when it is
 * asked for. So it does not depend on the order in which numbers were added, however large it is;
 * an hour of thirty thousand busy slots has 10^17 ns.
 *
 *     sum = high · 2^48 + low
 *
 * A single number may be as large as an instant, 2^53 less 2^48 [101 days in ns].
 */

/** Above this size the low part gives away what it can. */
const LIMIT = 2 ** 48;
/** Sums up to this size can be formed in one double and then be added. */
const SMALL = 2 ** 52;
/** Half of a time's bits. */
const HALF = 2 ** 24;

export class ExactSum {
  // It began as a fraction, so V8 keeps it as a bare double.
  private low = 0.5;
  private high = 0;

  constructor() {
    this.low = 0;
  }

  /** The sum, rounded to the nearest double. */
  get value(): number {
    return this.high * LIMIT + this.low;
  }

  add(number: number): void {
    const low = this.low + number;
    this.low = low;
    if (low >= LIMIT || low <= -LIMIT) this.carry();
  }

  /** The same for a number of any size. */
  addLarge(number: number): void {
    const whole = Math.floor(number / LIMIT);
    this.high += whole;
    this.add(number - whole * LIMIT);
  }

  addSum({ high, low }: ExactSum): void {
    this.high += high;
    this.add(low);
  }

  subtractSum({ high, low }: ExactSum): void {
    this.high -= high;
    this.add(-low);
  }

  /** Adds a time [ns], a number of times up to 2^24. */
  addProduct(count: number, time: number): void {
    if (Math.abs(count * time) < SMALL) return this.add(count * time);
    const upper = Math.floor(time / HALF);
    const product = count * upper;
    const whole = Math.floor(product / HALF);
    this.high += whole;
    this.add((product - whole * HALF) * HALF);
    this.add(count * (time - upper * HALF));
  }

  /**
   * Adds the first so many numbers of a column, none below 0, that are `sum` when added up in one
   * double: that is exact unless it is large.
   */
  addAll(column: Float64Array, count: number, sum: number): void {
    if (sum < SMALL) this.add(sum);
    else for (let k = 0; k < count; k++) this.add(column[k]!);
  }

  reset(): void {
    this.low = 0;
    this.high = 0;
  }

  private carry(): void {
    const whole = Math.floor(this.low / LIMIT);
    this.high += whole;
    this.low -= whole * LIMIT;
  }
}
