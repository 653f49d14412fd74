import { expect, test } from "vitest";
import { joinShortestOfTwo, mmc } from "../../../src/statistics/theory/index.ts";

const joined = (utilisation: number) =>
  joinShortestOfTwo({ arrivalRatePerSecond: 2 * utilisation, serviceRatePerSecond: 1 });

test("an almost idle pair answers in one service time", () => {
  expect(joined(0.001)).toBeCloseTo(1, 5);
});

test("at 80 and 95 % it stays as long as the chain solved by elimination says", () => {
  // Sorted queue lengths cut at 130, sparse LU factors: 2.95573661763742 and 10.4866388126266.
  expect(joined(0.8)).toBeCloseTo(2.955736618, 8);
  expect(joined(0.95)).toBeCloseTo(10.48663881, 7);
});

test("it is a little worse than one queue for both, and as good in heavy traffic", () => {
  const excess = (utilisation: number) =>
    joined(utilisation) /
    mmc({ arrivalRatePerSecond: 2 * utilisation, serviceRatePerSecond: 1, servers: 2 })
      .responseSeconds;
  expect(excess(0.8)).toBeGreaterThan(1.05);
  expect(excess(0.97)).toBeGreaterThan(1);
  expect(excess(0.97)).toBeLessThan(1.02);
});
