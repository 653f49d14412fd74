import { describe, expect, test } from "vitest";
import { mm1, mmc } from "../../../src/statistics/theory/index.ts";

test("one server is M/M/1", () => {
  const rates = { arrivalRatePerSecond: 80, serviceRatePerSecond: 100 };
  const [many, one] = [mmc({ ...rates, servers: 1 }), mm1(rates)];
  expect(many.responseSeconds).toBeCloseTo(one.responseSeconds, 12);
  expect(many.queueLength).toBeCloseTo(one.queueLength, 12);
  for (const p of [0.5, 0.9, 0.999]) {
    expect(many.waitingSecondsAt(p)).toBeCloseTo(one.waitingSecondsAt(p), 12);
    expect(many.responseSecondsAt(p)).toBeCloseTo(one.responseSecondsAt(p), 12);
  }
});

test("two servers at ρ stay 1 / (μ (1 - ρ²))", () => {
  const { responseSeconds } = mmc({
    arrivalRatePerSecond: 150,
    serviceRatePerSecond: 100,
    servers: 2,
  });
  expect(responseSeconds).toBeCloseTo(0.01 / (1 - 0.75 ** 2), 14);
});

test("the call centre of Mandelbaum and Zeltyn waits 20.8 s, one in ten more than 58.1 s", () => {
  const centre = mmc({ arrivalRatePerSecond: 0.8, serviceRatePerSecond: 1 / 60, servers: 50 });
  expect(centre.waitingSeconds).toBeCloseTo(20.83, 2);
  expect(centre.waitingSecondsAt(0.9)).toBeCloseTo(58.14, 2);
});

test("29 agents answer 80 % of 360 four-minute calls an hour in 20 s, 28 do not", () => {
  const waitWith = (servers: number) =>
    mmc({ arrivalRatePerSecond: 0.1, serviceRatePerSecond: 1 / 240, servers });
  expect(waitWith(29).waitingSecondsAt(0.8)).toBeLessThanOrEqual(20);
  expect(waitWith(28).waitingSecondsAt(0.8)).toBeGreaterThan(20);
});

describe("quantiles of the response", () => {
  /** P(response > t), the wait integrated out step by step. */
  function slower(t: number, lambda: number, mu: number, servers: number): number {
    const { waitingProbability } = mmc({
      arrivalRatePerSecond: lambda,
      serviceRatePerSecond: mu,
      servers,
    });
    const spare = servers * mu - lambda;
    const steps = 20_000;
    let inQueueLess = 0;
    for (let i = 0; i < steps; i += 1) {
      const wait = ((i + 0.5) / steps) * t;
      inQueueLess += (spare * Math.exp(-spare * wait) * Math.exp(-mu * (t - wait)) * t) / steps;
    }
    const waited = inQueueLess + Math.exp(-spare * t);
    return (1 - waitingProbability) * Math.exp(-mu * t) + waitingProbability * waited;
  }

  test.each([
    ["ten servers at 90 %", 900, 100, 10],
    ["wait and service of equal rate", 100, 100, 2],
    ["wait and service of nearly equal rate", 100.0000001, 100, 2],
  ])("split the integrated law where they should: %s", (_, lambda, mu, servers) => {
    const rates = { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu, servers };
    for (const p of [0.5, 0.99, 0.999]) {
      const t = mmc(rates).responseSecondsAt(p);
      expect(slower(t, lambda, mu, servers)).toBeCloseTo(1 - p, 7);
    }
  });
});
