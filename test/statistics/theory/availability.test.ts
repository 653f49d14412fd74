import { expect, test } from "vitest";
import { availability } from "../../../src/statistics/theory/index.ts";

test("one unit is down for its repair time in each cycle", () => {
  const one = availability({
    machines: 1,
    needed: 1,
    crews: 1,
    failureRatePerSecond: 1 / 1000,
    repairRatePerSecond: 1 / 4,
  });
  expect(one.unavailability).toBeCloseTo(4 / 1004, 15);
  expect(one.outageRatePerSecond).toBeCloseTo(1 / 1004, 15);
});

test("two of three with independent repair: 3 q² p + q³", () => {
  const [q, p] = [10 / 110, 100 / 110];
  const two = availability({
    machines: 3,
    needed: 2,
    crews: 3,
    failureRatePerSecond: 1 / 100,
    repairRatePerSecond: 1 / 10,
  });
  expect(two.unavailability).toBeCloseTo(3 * q ** 2 * p + q ** 3, 15);
  // From two units up, either fails.
  expect(two.outageRatePerSecond).toBeCloseTo((3 * p ** 2 * q * 2) / 100, 15);
});

test("one repair crew for five units makes three of five six times less available", () => {
  const outages = (crews: number) =>
    availability({
      machines: 5,
      needed: 3,
      crews,
      failureRatePerSecond: 1 / 200,
      repairRatePerSecond: 1 / 20,
    }).unavailability;
  // Weights 5! / (5-n)! · 0.1ⁿ: 1, 0.5, 0.2, 0.06, 0.012, 0.0012.
  expect(outages(1)).toBeCloseTo(0.0732 / 1.7732, 14);
  expect(outages(1) / outages(5)).toBeGreaterThan(6);
});

// Weights 1, 2 · 0.1, 2 · 0.1² where the spare can fail too, and 1, 0.1, 0.1² where it cannot.
test("a pair with one crew: a cold spare is down half as often as a hot one", () => {
  const pair = { machines: 2, needed: 1, crews: 1 };
  const rates = { failureRatePerSecond: 1 / 50, repairRatePerSecond: 1 / 5 };
  const hot = availability({ ...pair, ...rates });
  const cold = availability({ ...pair, ...rates, running: 1 });
  expect(hot.unavailability).toBeCloseTo(0.02 / 1.22, 15);
  expect(cold.unavailability).toBeCloseTo(0.01 / 1.11, 15);
  expect(cold.outageRatePerSecond).toBeCloseTo((0.1 / 1.11) * rates.failureRatePerSecond, 15);
});
