import { describe, expect, test } from "vitest";
import {
  busyPeriodVariance,
  mg1,
  mg1LifoSquare,
  mg1WaitingVariance,
  mm1,
  processorSharing,
} from "../../../src/statistics/theory/index.ts";

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

// Kleinrock I, section 5.7, and Takács (1963), for exponential service: E[S²] = 2/μ², E[S³] = 6/μ³.
test("the wait of M/M/1 varies as its law says, and far more when the last comes first", () => {
  const load = { arrivalRatePerSecond: 80, serviceSeconds: 0.01, serviceScv: 1 };
  // P(wait > t) = ρ e^(-(μ-λ)t): mean square 2ρ/(μ-λ)².
  expect(mg1WaitingVariance(load, 6e-6)).toBeCloseTo((2 * 0.8) / 400 - 0.04 * 0.04, 12);
  // Response variance 0.0185 s² of M/M/1-LIFO, the service's 0.0001 s² in it.
  expect(mg1LifoSquare(load, 6e-6) - 0.04 * 0.04 + 0.0001).toBeCloseTo(0.0185, 12);
});

test("a busy period of M/M/1 has variance (1 + ρ) / (μ² (1 - ρ)³), and is a service where nobody else comes", () => {
  expect(busyPeriodVariance({ ...load, serviceScv: 1 })).toBeCloseTo(1.8e-4 / 0.2 ** 3, 12);
  const alone = { arrivalRatePerSecond: 0, serviceSeconds: 2, serviceScv: 3 };
  expect(busyPeriodVariance(alone)).toBe(12);
});
