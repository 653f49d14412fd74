/** Intervals of percentiles: worked by hand, and against the law they are drawn from. */
import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { Histogram } from "../../src/statistics/histogram.ts";
import { wilsonInterval } from "../../src/statistics/intervals.ts";
import { quantileAcross, quantileByRanks } from "../../src/statistics/quantiles.ts";

function recorded(values: readonly number[]) {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram.toSparse();
}

/** So many ones, and so many twos, fours, eights: each has a bucket of its own. */
const counted = (...counts: number[]) =>
  recorded(counts.flatMap((count, power) => Array.from({ length: count }, () => 2 ** power)));

/** Buckets stand for their middles, half a 128th above a power of two. */
const MIDDLE = 1 + 1 / 256;

describe("over replications", () => {
  test("the doubt is about the share, and is read off all requests together", () => {
    // Half of 20 is at most 2; above it are 6 of 10 and 4 of 10, so the share 1/2 has the standard
    // error √((1² + 1²) · 2/1) / 20 = 0.1. Student's quantile of 1 degree at 50 % is 1: 0.5 ± 0.1
    // are the ranks 8 and 12. Values: 4 ones, 6 twos, 6 fours, 4 eights.
    const runs = [counted(1, 3, 4, 2), counted(3, 3, 2, 2)];
    expect(quantileAcross(runs, 0.5, 0.5)).toEqual({ low: 2 * MIDDLE, high: 4 * MIDDLE });
    // At 80 % it is 3.08: ranks 4 and 17, and 8 is the largest of all, which is known exactly.
    expect(quantileAcross(runs, 0.5, 0.8)).toEqual({ low: MIDDLE, high: 8 });
  });

  test("what lies beyond everything seen is not given an end", () => {
    const runs = [counted(1, 3, 4, 2), counted(3, 3, 2, 2)];
    expect(quantileAcross(runs, 0.5, 0.95)).toEqual({ low: 1, high: null });
    // The highest of all is its own 99th percentile, and says nothing of how high it could be.
    expect(quantileAcross([counted(5), counted(4, 1)], 0.99, 0.95)!.high).toBeNull();
  });

  test("runs without luck have no doubt, a single one has no interval", () => {
    expect(quantileAcross([counted(5, 5), counted(5, 5)], 0.5, 0.95)).toEqual({ low: MIDDLE, high: MIDDLE }); // prettier-ignore
    expect(quantileAcross([counted(5, 5)], 0.5, 0.95)).toBeNull();
    expect(quantileAcross([counted(), counted()], 0.5, 0.95)).toBeNull();
  });

  test.each([0, 1])("there is no quantile at %d", (share) => {
    const runs = [counted(1, 3), counted(3, 1)];
    expect(() => quantileAcross(runs, share, 0.95)).toThrow("between 0 and 1");
  });
});

describe("by ranks", () => {
  test("of ten values runs from the second to the ninth, as the table says", () => {
    const values = Array.from({ length: 10 }, (_, at) => 2 ** at);
    expect(quantileByRanks(recorded(values), 0.5, 0.95)).toEqual({
      low: 2 * MIDDLE,
      high: 256 * MIDDLE,
    });
  });

  test("too few values in the tail give none", () => {
    expect(quantileByRanks(recorded(Array.from({ length: 100 }, () => 5)), 0.99, 0.95)).toBeNull();
    expect(quantileByRanks(recorded([]), 0.5, 0.95)).toBeNull();
  });

  test("of a million is found at once, where the normal law puts it", () => {
    const values = Array.from({ length: 1_000_000 }, (_, at) => at + 1);
    const { low, high } = quantileByRanks(recorded(values), 0.99, 0.95)!;
    const reach = 1.96 * Math.sqrt(1_000_000 * 0.99 * 0.01); // 195, a bucket is 0.8 % wide
    expect(Math.abs(low / (990_000 - reach) - 1)).toBeLessThan(0.004);
    expect(Math.abs(high! / (990_000 + reach) - 1)).toBeLessThan(0.004);
  });

  test("covers the quantile of independent values as often as it says", () => {
    const random = new Random("quantiles/ranks");
    const truth = 1e9 * Math.log(20);
    let covered = 0;
    for (let trial = 0; trial < 500; trial++) {
      const values = Array.from({ length: 1000 }, () => 1e9 * random.exponential());
      const { low, high } = quantileByRanks(recorded(values), 0.95, 0.9)!;
      if (low <= truth && truth <= high!) covered++;
    }
    const { low, high } = wilsonInterval(covered, 500, 0.999);
    expect(low).toBeLessThan(0.92); // ranks are whole: a little more than 90 %
    expect(high).toBeGreaterThan(0.9);
  });
});
