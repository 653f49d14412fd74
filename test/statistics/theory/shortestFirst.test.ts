import { expect, test } from "vitest";
import { mm1, shortestFirst } from "../../../src/statistics/theory/index.ts";

const at = (arrivalRatePerSecond: number) =>
  shortestFirst({ arrivalRatePerSecond, serviceRatePerSecond: 100 });

test("at 80 % calls of 10 ms take 28.8 ms instead of 50, and 23.5 ms with interruption", () => {
  expect(at(80).responseSeconds).toBeCloseTo(0.0288221861623978, 12);
  expect(at(80).preemptiveResponseSeconds).toBeCloseTo(0.0235277327029972, 12);
});

test("with hardly any load a call takes its own work, whatever the order", () => {
  // To the first order in the load: ρ is what M/M/1 adds, and the chance to meet a shorter one halves it.
  expect(at(0.001).responseSeconds).toBeCloseTo(0.01, 6);
  expect((at(0.001).preemptiveResponseSeconds - 0.01) / 1e-7).toBeCloseTo(0.5, 3);
});

test("no order that ignores sizes is as good, and interruption is better still", () => {
  for (const rate of [10, 50, 90, 98]) {
    const { responseSeconds, preemptiveResponseSeconds } = at(rate);
    const any = mm1({ arrivalRatePerSecond: rate, serviceRatePerSecond: 100 });
    expect(responseSeconds).toBeLessThan(any.responseSeconds);
    expect(preemptiveResponseSeconds).toBeLessThan(responseSeconds);
  }
});
