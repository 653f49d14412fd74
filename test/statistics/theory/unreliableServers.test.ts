import { expect, test } from "vitest";
import { meanPresentWithBreakdowns, mmc } from "../../../src/statistics/theory/index.ts";

// B. Avi-Itzhak, P. Naor, Operations Research 11 (1963), for λ = 0.5, μ = 1, ξ = 0.1, η = 1:
// λ ((ξ + η)² + ξμ) / ((ξ + η) (μη - λ (ξ + η))) = 0.655 / 0.495.
test("one server that also breaks when it is idle", () => {
  const queue = {
    arrivalRatePerSecond: 0.5,
    serviceRatePerSecond: 1,
    up: [0, 1],
    changes: [[0, 1], [0.1, 0]], // prettier-ignore
  };
  expect(meanPresentWithBreakdowns(queue)).toBeCloseTo(0.655 / 0.495, 10);
});

// The same chain, cut at 900 and solved as one sparse system elsewhere.
test("three servers with breakdowns and crews of their own", () => {
  const queue = {
    arrivalRatePerSecond: 2,
    serviceRatePerSecond: 1,
    up: [0, 1, 2, 3],
    changes: [[0, 0.6, 0, 0], [0.02, 0, 0.4, 0], [0, 0.04, 0, 0.2], [0, 0, 0.06, 0]], // prettier-ignore
  };
  expect(meanPresentWithBreakdowns(queue)).toBeCloseTo(4.3091605191427, 9);
});

test("servers that never break are M/M/c", () => {
  const rates = { arrivalRatePerSecond: 2, serviceRatePerSecond: 1 };
  const queue = { ...rates, up: [3], changes: [[0]] };
  expect(meanPresentWithBreakdowns(queue)).toBeCloseTo(
    2 * mmc({ ...rates, servers: 3 }).responseSeconds,
    10,
  );
});
