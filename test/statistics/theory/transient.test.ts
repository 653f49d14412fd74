import { expect, test } from "vitest";
import { meanPresentBetween } from "../../../src/statistics/theory/index.ts";

// The chain's equations, solved in high precision elsewhere.
test.each([
  [5, 1.75218331539],
  [20, 3.51970961093],
  [100, 6.44392087667],
])("%d s after an empty start there are %d", (at, present) => {
  const rates = { arrivalRatePerSecond: 0.9, serviceRatePerSecond: 1 };
  expect(meanPresentBetween(rates, [at - 0.0005, at + 0.0005])).toBeCloseTo(present, 6);
});

test("at first everybody who comes is there", () => {
  const rates = { arrivalRatePerSecond: 2, serviceRatePerSecond: 1 };
  expect(meanPresentBetween(rates, [0, 0.001]) / 0.001).toBeCloseTo(1, 2);
});
