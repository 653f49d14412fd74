import { expect, test } from "vitest";
import {
  mg1,
  nonPreemptiveWaits,
  preemptiveResponses,
} from "../../../src/statistics/theory/index.ts";

const exponential = (arrivalRatePerSecond: number, serviceSeconds: number) => ({
  arrivalRatePerSecond,
  serviceSeconds,
  serviceScv: 1,
});

test("two classes at 0.2 and 0.6 of one server wait 1 and 5 service times", () => {
  // Residual work 0.8; 0.8 / (1 · 0.8) and 0.8 / (0.8 · 0.2).
  const [urgent, other] = nonPreemptiveWaits([exponential(0.2, 1), exponential(0.6, 1)]);
  expect(urgent).toBeCloseTo(1, 14);
  expect(other).toBeCloseTo(5, 13);
});

test("an interrupting class does not see the other one", () => {
  const [urgent, other] = preemptiveResponses([exponential(0.3, 1), exponential(0.5, 1)]);
  expect(urgent).toBeCloseTo(1 / (1 - 0.3), 14);
  expect(other).toBeCloseTo((1 + 0.8 / 0.2) / 0.7, 13);
});

test("classes of different work share the same total as one queue without classes", () => {
  // Kleinrock's conservation law: Σ ρ_k W_k is the same for every order that ignores sizes.
  const classes = [exponential(40, 0.01), { ...exponential(20, 0.02), serviceScv: 3 }];
  const waits = nonPreemptiveWaits(classes);
  const weighted = waits[0]! * 0.4 + waits[1]! * 0.4;
  const secondMoment = (40 * 2 * 0.01 ** 2 + 20 * 4 * 0.02 ** 2) / 60;
  const serviceSeconds = 0.8 / 60;
  const serviceScv = secondMoment / serviceSeconds ** 2 - 1;
  const mixed = mg1({ arrivalRatePerSecond: 60, serviceSeconds, serviceScv });
  expect(weighted).toBeCloseTo(0.8 * mixed.waitingSeconds, 13);
});
