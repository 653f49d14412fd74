import { describe, expect, test } from "vitest";
import {
  betaProbability,
  gammaFunction,
  gammaProbability,
  logGamma,
  normalProbability,
  solveRising,
} from "../../src/statistics/specialFunctions.ts";

/** Closeness relative to the value, as tables state it. */
function expectRelative(found: number, value: number, tolerance: number): void {
  expect(Math.abs(found / value - 1)).toBeLessThan(tolerance);
}

describe("the gamma function", () => {
  test.each([
    [1, 1],
    [5, 24],
    [11, 3_628_800],
    [0.5, Math.sqrt(Math.PI)],
    [1.5, Math.sqrt(Math.PI) / 2],
    [1 / 3, 2.678938534707747633],
  ])("Γ(%d) is %d", (x, value) => {
    expectRelative(gammaFunction(x), value, 1e-14);
  });

  test("its logarithm follows ln 100! for large arguments", () => {
    expectRelative(logGamma(101), 363.73937555556349014, 1e-15);
  });
});

describe("the incomplete gamma function", () => {
  test("of shape 1 is the exponential law", () => {
    for (const x of [0.01, 0.5, 1, 3, 20]) {
      expect(gammaProbability(1, x)).toBeCloseTo(1 - Math.exp(-x), 14);
    }
  });

  test("gives the 95 % points of the χ² table", () => {
    expect(gammaProbability(0.5, 3.841458820694124 / 2)).toBeCloseTo(0.95, 13);
    expect(gammaProbability(5, 18.307038053275146 / 2)).toBeCloseTo(0.95, 13);
    expect(gammaProbability(50, 124.34211340400407 / 2)).toBeCloseTo(0.95, 12);
  });
});

describe("the incomplete beta function", () => {
  test("of whole parameters is a binomial tail", () => {
    // At least 2 heads in 4 tosses; at least 1 six in 3 dice; at least 3 sixes in 3 dice.
    expect(betaProbability(0.5, 2, 3)).toBeCloseTo(11 / 16, 14);
    expect(betaProbability(1 / 6, 1, 3)).toBeCloseTo(91 / 216, 14);
    expect(betaProbability(1 / 6, 3, 1)).toBeCloseTo(1 / 216, 14);
  });

  test("of two halves is the arcsine law", () => {
    expect(betaProbability(0.25, 0.5, 0.5)).toBeCloseTo(1 / 3, 14);
    expect(betaProbability(0.75, 0.5, 0.5)).toBeCloseTo(2 / 3, 14);
  });
});

test("the normal law has the probabilities of its table", () => {
  expect(normalProbability(0)).toBe(0.5);
  expect(normalProbability(1)).toBeCloseTo(0.8413447460685429, 13);
  expect(normalProbability(-1.959963984540054)).toBeCloseTo(0.025, 13);
  expect(normalProbability(3)).toBeCloseTo(0.9986501019683699, 13);
});

test("a rising function is solved to the last bit", () => {
  expect(solveRising((x) => x * x, 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
});
