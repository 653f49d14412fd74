import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import {
  batchMeans,
  clopperPearsonInterval,
  contains,
  quantileInterval,
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
  });
});

test("batch means leave out the first values that fill no batch", () => {
  expect(batchMeans([9, 1, 3, 5, 7], 2)).toEqual([2, 6]);
  expect(() => batchMeans([1], 2)).toThrow("every batch");
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
  });
});
