import { describe, expect, test } from "vitest";
import { constantGaps, erlangGaps, gim1, mm1 } from "../../../src/statistics/theory/index.ts";

test("gaps of one phase make M/M/1", () => {
  const queue = gim1(erlangGaps(80, 1), 100);
  const known = mm1({ arrivalRatePerSecond: 80, serviceRatePerSecond: 100 });
  expect(queue.waitingProbability).toBeCloseTo(0.8, 12);
  expect(queue.responseSecondsAt(0.99)).toBeCloseTo(known.responseSecondsAt(0.99), 12);
});

test("D/M/1 at 80 % makes 62.9 % wait, as the root of σ = exp((σ - 1) / 0.8) says", () => {
  const { waitingProbability: sigma, waitingSeconds } = gim1(constantGaps(80), 100);
  expect(sigma).toBeCloseTo(0.62863, 5);
  expect(sigma).toBeCloseTo(Math.exp((sigma - 1) / 0.8), 13);
  expect(waitingSeconds).toBeCloseTo(0.0169273084, 10);
});

describe("round robin over n servers, E_n/M/1 at each", () => {
  test("over two has the root of a quadratic", () => {
    // σ (1.6 + 1 - σ)² = 1.6² without its root at 1: σ² - 4.2 σ + 2.56 = 0.
    const sigma = (4.2 - Math.sqrt(4.2 ** 2 - 4 * 2.56)) / 2;
    const queue = gim1(erlangGaps(80, 2), 100);
    expect(queue.waitingProbability).toBeCloseTo(sigma, 12);
    expect(queue.responseSeconds).toBeCloseTo(0.01 / (1 - sigma), 12);
  });

  test("waits less the more servers share the stream, at least as D/M/1", () => {
    const waits = [1, 2, 4, 16].map((n) => gim1(erlangGaps(90, n), 100).waitingSeconds);
    expect(waits).toEqual(waits.toSorted((a, b) => b - a));
    expect(waits.at(-1)).toBeGreaterThan(gim1(constantGaps(90), 100).waitingSeconds);
  });
});

test("the root is found near full load", () => {
  // In heavy traffic 1 - σ tends to 2 (1 - ρ) for constant gaps.
  const { waitingProbability } = gim1(constantGaps(99_999), 100_000);
  expect((1 - waitingProbability) / 2e-5).toBeCloseTo(1, 4);
});
