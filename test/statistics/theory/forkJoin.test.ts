import { expect, test } from "vitest";
import { forkJoin } from "../../../src/statistics/theory/index.ts";

const joined = (arrivalRatePerSecond: number, servers: number) =>
  forkJoin({ arrivalRatePerSecond, serviceRatePerSecond: 1, servers });

test("two servers: (12 - ρ) / 8 times the response of one", () => {
  expect(joined(0.5, 2)).toBeCloseTo(2.875, 14);
  expect(joined(0.8, 2)).toBeCloseTo(7, 13);
  expect(joined(0.8, 1)).toBeCloseTo(5, 13);
});

test("almost idle, a request waits for the slowest of n services: 1 + 1/2 + … + 1/n", () => {
  expect(joined(1e-12, 2)).toBeCloseTo(1.5, 10);
  expect(joined(1e-12, 4)).toBeCloseTo(25 / 12, 10);
});

test("Nelson and Tantawi are within 5 % of long simulations", () => {
  // Simulated 3.841 and 13.58 mean service times.
  expect(Math.abs(joined(0.5, 4) / 3.841 - 1)).toBeLessThan(0.05);
  expect(Math.abs(joined(0.8, 16) / 13.58 - 1)).toBeLessThan(0.05);
  // By hand: (25/18 - 4/11 · 7/18 · 1/2) · 2.875.
  expect(joined(0.5, 4)).toBeCloseTo((25 / 18 - ((4 / 11) * 7) / 36) * 2.875, 13);
});
