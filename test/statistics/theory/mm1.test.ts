import { expect, test } from "vitest";
import { mm1 } from "../../../src/statistics/theory/index.ts";

const rates = { arrivalRatePerSecond: 80, serviceRatePerSecond: 100 };

test("at 80 % load a request waits four service times and stays five", () => {
  expect(mm1(rates)).toMatchObject({
    utilisation: 0.8,
    waitingProbability: 0.8,
    waitingSeconds: expect.closeTo(0.04, 12),
    responseSeconds: 0.05,
    queueLength: expect.closeTo(3.2, 12),
  });
});

test("response times are exponential, and one in five requests does not wait", () => {
  const { responseSecondsAt, waitingSecondsAt } = mm1(rates);
  expect(responseSecondsAt(0.99)).toBeCloseTo(Math.log(100) / 20, 12);
  expect(waitingSecondsAt(0.99)).toBeCloseTo(Math.log(80) / 20, 12);
  expect(waitingSecondsAt(0.19)).toBe(0);
});

test("there is no steady state at full load", () => {
  expect(() => mm1({ arrivalRatePerSecond: 100, serviceRatePerSecond: 100 })).toThrow("grows");
});
