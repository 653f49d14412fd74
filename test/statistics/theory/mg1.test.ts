import { describe, expect, test } from "vitest";
import { mg1, mm1, processorSharing } from "../../../src/statistics/theory/index.ts";

const load = { arrivalRatePerSecond: 80, serviceSeconds: 0.01 };

describe("an M/G/1 queue", () => {
  test("with exponential service is M/M/1", () => {
    const exponential = mg1({ ...load, serviceScv: 1 });
    const { responseSeconds } = mm1({ arrivalRatePerSecond: 80, serviceRatePerSecond: 100 });
    expect(exponential.responseSeconds).toBeCloseTo(responseSeconds, 14);
  });

  // ρ / (1 - ρ) · (1 + scv) / 2 service times, and ρ / (1 - ρ) is 4.
  test.each([
    ["constant", 0, 0.02],
    ["Erlang-2", 1 / 2, 0.03],
    ["hyperexponential of cv 2", 4, 0.1],
  ])("waits by the variability of its service: %s", (_, serviceScv, waiting) => {
    const queue = mg1({ ...load, serviceScv });
    expect(queue.waitingSeconds).toBeCloseTo(waiting, 14);
    expect(queue.queueLength).toBeCloseTo(80 * waiting, 12);
  });

  test("waits for ever on average when the variance is infinite", () => {
    expect(mg1({ ...load, serviceScv: Infinity }).waitingSeconds).toBe(Infinity);
  });
});

test("a shared processor slows everybody down by 1 / (1 - ρ)", () => {
  expect(processorSharing(load)).toBeCloseTo(0.05, 14);
});
