import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { studentQuantile } from "../../src/statistics/student.ts";
import { batchEstimate, lagOneCorrelation, mser } from "../../src/statistics/steadiness.ts";

const random = new Random("steadiness");
const noise = (count: number) => Array.from({ length: count }, () => random.normal());

/** Each value remembers the one before. */
function remembering(count: number, memory: number): number[] {
  let last = 0;
  return noise(count).map((fresh) => (last = memory * last + fresh));
}

describe("MSER", () => {
  test("cuts what is unlike the rest", () => {
    // Squares over (n - d)²: 72.9 / 100 for all; without the 9 nothing is left to explain.
    expect(mser([9, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1)).toBe(1);
    expect(mser([9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1)).toBe(3);
  });

  test("by fives cuts whole batches", () => {
    const start = [50, 40, 30, 20, 10, 5, 4, 3, 2, 1];
    expect(mser([...start, ...new Array<number>(60).fill(0)])).toBe(10);
  });

  test("leaves a steady series as it is, when cutting leaves less to average", () => {
    expect(mser([1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1], 1)).toBe(0);
  });

  test("does not ask how high the series lies", () => {
    const alternating = [1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1];
    for (const level of [-100, 0.5, 100]) {
      expect(
        mser(
          [9, 0, 0, 0, 0, 0, 0, 0, 0, 0].map((value) => value + level),
          1,
        ),
      ).toBe(1);
      expect(
        mser(
          alternating.map((value) => value + level),
          1,
        ),
      ).toBe(0);
    }
  });

  test("does not believe the last five, which agree by chance", () => {
    // All: at most 55 / 60² = 0.0153. The last six: 5/6 / 6² = 0.0231. The last five: 0.
    const noise = Array.from({ length: 55 }, (_, at) => (at % 2 === 0 ? 1 : -1));
    expect(mser([...noise, 0, 0, 0, 0, 0], 1)).toBe(0);
  });

  test("may leave out half, and no more", () => {
    const [high, low] = [new Array<number>(7).fill(9), new Array<number>(7).fill(0)];
    expect(mser([...high, ...low], 1)).toBe(7);
    expect(mser([...high, 9, ...low], 1)).toBeNull();
  });

  test("needs a batch, and keeps a lone one", () => {
    expect(mser([1, 2, 3, 4, 5])).toBe(0);
    expect(() => mser([1, 2, 3, 4])).toThrow("there must be a batch");
  });

  test("finds no steady state where there is none", () => {
    expect(
      mser([...new Array<number>(60).fill(9), ...new Array<number>(40).fill(0)], 5),
    ).toBeNull();
  });
});

test("lag-one correlation of 1, 2, 3, 4 is 1/4, of an alternation nearly -1, of equal values none", () => {
  expect(lagOneCorrelation([1, 2, 3, 4])).toBeCloseTo(0.25, 12); // (0.75 - 0.25 + 0.75) / 5
  expect(lagOneCorrelation([1, -1, 1, -1])).toBeCloseTo(-0.75, 12);
  expect(lagOneCorrelation([3, 3, 3])).toBe(0);
});

describe("batch means of one series", () => {
  test("are forty where values do not remember, with Student's interval", () => {
    const values = Array.from({ length: 80 }, (_, at) => [1, 3, 3, 1][at % 4]! + (at % 2));
    const estimate = batchEstimate(values, 0.95)!;
    expect(estimate.batches).toBe(40); // (1, 4) and (3, 2): every batch has the mean 2.5
    expect([estimate.mean, estimate.halfWidth]).toEqual([2.5, 0]);
  });

  test("are ten of one value each where there are no more", () => {
    expect(batchEstimate([1, 2, 1, 2, 1, 2, 1, 2, 1, 2], 0.95)?.batches).toBe(10);
    expect(batchEstimate([1, 2, 1, 2, 1, 2, 1, 2, 1], 0.95)).toBeNull();
  });

  test("are longer where values remember", () => {
    const { batches, halfWidth } = batchEstimate(remembering(1200, 0.95), 0.95)!;
    expect(batches).toBeLessThan(40);
    // Taken for independent, the values would claim three to six times as much as they know.
    const naive = (studentQuantile(0.975, 1199) * Math.sqrt(1 / (1 - 0.95 ** 2))) / Math.sqrt(1200);
    expect(halfWidth).toBeGreaterThan(2 * naive);
  });

  test("are refused of a series too short for its memory", () => {
    const climbing = Array.from({ length: 100 }, (_, at) => at);
    expect(batchEstimate(climbing, 0.95)).toBeNull();
    expect(batchEstimate([1, 2, 3], 0.95)).toBeNull();
  });
});
