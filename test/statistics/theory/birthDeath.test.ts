import { expect, test } from "vitest";
import { expected, stationaryShares } from "../../../src/statistics/theory/birthDeath.ts";

test("births at a constant rate and deaths in proportion make a Poisson number", () => {
  const shares = stationaryShares({
    birthRatePerSecond: () => 2,
    deathRatePerSecond: (n) => n,
  });
  expect(shares[0]).toBeCloseTo(Math.exp(-2), 14);
  expect(shares[3]).toBeCloseTo((Math.exp(-2) * 8) / 6, 14);
  expect(expected(shares, (n) => n)).toBeCloseTo(2, 13);
});

test("a thousand servers do not overflow", () => {
  const shares = stationaryShares({
    birthRatePerSecond: () => 5000,
    deathRatePerSecond: (n) => n,
  });
  expect(expected(shares, (n) => n)).toBeCloseTo(5000, 7);
  expect(shares[0]).toBe(0);
});
