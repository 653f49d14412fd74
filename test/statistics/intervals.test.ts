import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import {
  batchMeans,
  clopperPearsonInterval,
  contains,
  quantileInterval,
  quantileRanks,
  studentInterval,
  wilsonInterval,
  zeroFailuresBound,
} from "../../src/statistics/intervals.ts";

const UP_TO = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe("Student's interval", () => {
  test("of 1, 2, 3 reaches t(2) · 1/√3 around 2", () => {
    const { mean, halfWidth } = studentInterval([1, 2, 3], 0.95);
    expect(mean).toBe(2);
    expect(halfWidth).toBeCloseTo(4.30265272975 / Math.sqrt(3), 9);
  });

  test("is not given for a single value, nor a mean for none", () => {
    expect(studentInterval([5], 0.95)).toEqual({ mean: 5, halfWidth: null });
    expect(studentInterval([], 0.95)).toEqual({ mean: null, halfWidth: null });
  });

  test("covers the true mean about as often as it says", () => {
    const random = new Random("intervals/coverage");
    const trials = 2000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const values = UP_TO(8).map(() => 3 + random.normal());
      if (contains(studentInterval(values, 0.9), 3)) covered += 1;
    }
    const { low, high } = wilsonInterval(covered, trials, 0.999);
    expect(low).toBeLessThan(0.9);
    expect(high).toBeGreaterThan(0.9);
  });

  test("has no width when all values are equal, though their mean rounds", () => {
    expect(studentInterval([0.1, 0.1, 0.1], 0.95)).toEqual({ mean: 0.1, halfWidth: 0 });
  });

  test("contains its ends, and nothing when it has no width", () => {
    expect(contains({ mean: 10, halfWidth: 2 }, 12)).toBe(true);
    expect(contains({ mean: 10, halfWidth: 2 }, 7.9)).toBe(false);
    expect(contains({ mean: 10, halfWidth: null }, 10)).toBe(false);
    expect(contains({ mean: null, halfWidth: 1 }, 0)).toBe(false);
  });

  test("is refused for a confidence that is no share", () => {
    for (const confidence of [0, 1, -0.5, 95])
      expect(() => studentInterval([1, 2], confidence)).toThrow("confidence is a share");
  });
});

test("batch means leave out the first values that fill no batch", () => {
  expect(batchMeans([9, 1, 3, 5, 7], 2)).toEqual([2, 6]);
  expect(batchMeans([1, 3], 1)).toEqual([2]);
  expect(batchMeans([4, 6], 2)).toEqual([4, 6]);
  expect(() => batchMeans([1], 2)).toThrow("every batch");
  expect(() => batchMeans([1], 0)).toThrow("every batch");
});

describe("an interval for a share", () => {
  test("by Wilson without successes ends at z² / (n + z²)", () => {
    const z = 1.959963984540054;
    const { low, high } = wilsonInterval(0, 10, 0.95);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(z ** 2 / (10 + z ** 2), 12);
  });

  test("by Clopper and Pearson has the ends of the published tables", () => {
    const { low, high } = clopperPearsonInterval(5, 10, 0.95);
    expect(low).toBeCloseTo(0.1871, 4);
    expect(high).toBeCloseTo(0.8129, 4);
    const none = clopperPearsonInterval(0, 10, 0.95);
    expect(none.low).toBe(0);
    expect(none.high).toBeCloseTo(1 - 0.025 ** 0.1, 12);
    expect(clopperPearsonInterval(10, 10, 0.95)).toEqual({
      low: expect.closeTo(0.6915, 4),
      high: 1,
    });
  });

  test("by Wilson reaches 0 and 1 exactly, however many trials all went one way", () => {
    for (const trials of UP_TO(200)) {
      expect(wilsonInterval(0, trials, 0.95).low).toBe(0);
      expect(wilsonInterval(trials, trials, 0.95).high).toBe(1);
    }
  });

  test("is refused for successes that are not some of the trials", () => {
    for (const interval of [wilsonInterval, clopperPearsonInterval]) {
      for (const [successes, trials] of [
        [0, 0],
        [-1, 5],
        [6, 5],
      ] as const)
        expect(() => interval(successes, trials, 0.95)).toThrow("some of the trials");
    }
    expect(wilsonInterval(1, 1, 0.95).high).toBe(1);
  });

  test("by Wilson ends where the normal score of the observed share is z", () => {
    const z = 1.959963984540054;
    const { low, high } = wilsonInterval(30, 100, 0.95);
    for (const end of [low, high]) {
      expect(Math.abs(0.3 - end) / Math.sqrt((end * (1 - end)) / 100)).toBeCloseTo(z, 9);
    }
    expect(low).toBeLessThan(0.3);
    expect(high).toBeGreaterThan(0.3);
  });
});

test("59 trials without a failure show fewer than 5 % failures at 95 %, 58 do not", () => {
  expect(zeroFailuresBound(59, 0.95)).toBeLessThan(0.05);
  expect(zeroFailuresBound(58, 0.95)).toBeGreaterThan(0.05);
});

describe("an interval for a quantile", () => {
  test("of the median needs six values for 95 %", () => {
    expect(quantileInterval(UP_TO(5), 0.5, 0.95)).toBeNull();
    // Both extremes miss with probability 2/64 together.
    expect(quantileInterval(UP_TO(6), 0.5, 0.95)).toEqual({ low: 1, high: 6 });
  });

  test("of the median of ten values runs from the second to the ninth", () => {
    // Outside [x2, x9] lies 2 · (1 + 10) / 1024 = 2.1 %; outside [x3, x8] 10.9 %.
    expect(quantileInterval(UP_TO(10), 0.5, 0.95)).toEqual({ low: 2, high: 9 });
    expect(quantileInterval(UP_TO(10), 0.5, 0.88)).toEqual({ low: 3, high: 8 });
  });

  test("is null when the tail has too few values", () => {
    expect(quantileInterval(UP_TO(100), 0.99, 0.95)).toBeNull();
    // All twenty lie above the tenth with probability 0.9^20 = 12 %.
    expect(quantileRanks(20, 0.1, 0.95)).toBeNull();
  });

  test.each([0.1, 0.5, 0.9])("of the %d-quantile has the ranks that the binomial law says", (p) => {
    for (const n of UP_TO(60)) {
      for (const confidence of [0.8, 0.95, 0.99]) {
        const tail = (1 - confidence) / 2;
        // P(at most k of n lie below the quantile), from k = -1.
        const below = [0, ...UP_TO(n + 1).map((k) => binomialUpTo(k - 1, n, p))];
        // The highest rank that is above the quantile in at most a tail, the lowest below it so.
        const low = below.findLastIndex((share) => share <= tail);
        const high = below.findIndex((share) => 1 - share <= tail);
        const expected = low >= 1 && high <= n ? { low, high } : null;
        expect(quantileRanks(n, p, confidence), `${n} at ${confidence}`).toEqual(expected);
      }
    }
  });

  test("is refused for what is no share", () => {
    for (const p of [0, 1, -0.5, 99])
      expect(() => quantileRanks(10, p, 0.95)).toThrow("a quantile needs a share between 0 and 1");
  });
});

/** P(at most k of n), each with probability p; by summing the law itself. */
function binomialUpTo(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = term;
  for (let i = 1; i <= k; i++) sum += term *= (((n - i + 1) / i) * p) / (1 - p);
  return sum;
}
