import { describe, expect, test } from "vitest";
import {
  holm,
  pairedDifference,
  replicationsFor,
  welchDifference,
} from "../../src/statistics/differences.ts";

/**
 * Student's own example: hours of sleep gained by ten patients with one drug and with another.
 * "The probable error of a mean", Biometrika 6 (1908).
 */
const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe("the difference of two drugs", () => {
  // The numbers are those of R's t.test on this data.
  test("by pairs is 1.58 hours, and real", () => {
    const { mean, halfWidth, probability } = pairedDifference(one, other, 0.95);
    expect(mean).toBeCloseTo(1.58, 12);
    expect(mean - halfWidth!).toBeCloseTo(0.7001142, 6);
    expect(mean + halfWidth!).toBeCloseTo(2.4598858, 6);
    expect(probability).toBeCloseTo(0.002832890197, 9);
  });

  test("without pairs is noise", () => {
    const { mean, halfWidth, probability } = welchDifference(one, other, 0.95);
    expect(mean).toBeCloseTo(1.58, 12);
    expect(mean - halfWidth!).toBeCloseTo(-0.2054832, 6);
    expect(probability).toBeCloseTo(0.07939414, 7);
  });
});

test("a thing does not differ from itself, exactly", () => {
  expect(pairedDifference(one, one, 0.95)).toEqual({
    mean: 0,
    halfWidth: 0,
    probability: 1,
    variance: 0,
  });
});

test("the same difference in every pair leaves no doubt, and a single pair nothing but itself", () => {
  expect(pairedDifference([1, 2, 3], [3, 4, 5], 0.95)).toMatchObject({ mean: 2, probability: 0 });
  expect(welchDifference([1, 1], [3, 3], 0.95)).toMatchObject({ mean: 2, probability: 0 });
  expect(pairedDifference([1], [3], 0.95)).toMatchObject({ mean: 2, halfWidth: null });
  expect(welchDifference([1], [3, 4], 0.95)).toMatchObject({ halfWidth: null, probability: null });
});

test("Holm multiplies the smallest by all, the next by one less, and never falls", () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((value, test) => expect(adjusted[test]).toBeCloseTo(value, 12));
  expect(holm([0.7, 0.9])).toEqual([1, 1]);
});

describe("replications for a half-width", () => {
  test("are the first that reach it by Student's law", () => {
    // t(8) 2.306 / √9 = 0.769 and t(9) 2.262 / √10 = 0.715 of a standard deviation
    expect(replicationsFor(0.72, 1, 0.95, 1000)).toBe(10);
    expect(replicationsFor(0.77, 1, 0.95, 1000)).toBe(9);
  });

  test("are two without spread, and none when they would be too many", () => {
    expect(replicationsFor(0.1, 0, 0.95, 1000)).toBe(2);
    expect(replicationsFor(0.001, 1, 0.95, 1000)).toBeNull();
  });
});
