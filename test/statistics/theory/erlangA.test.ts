import { expect, test } from "vitest";
import { erlangA, mmc } from "../../../src/statistics/theory/index.ts";

test("the call centre of Mandelbaum and Zeltyn loses 3.1 % and waits 3.7 s at 93 %", () => {
  const centre = erlangA({
    arrivalRatePerSecond: 0.8,
    serviceRatePerSecond: 1 / 60,
    servers: 50,
    patienceSeconds: 120,
  });
  expect(centre.renegeProbability).toBeCloseTo(0.031, 3);
  expect(centre.waitingSeconds).toBeCloseTo(3.7, 1);
  expect(centre.utilisation).toBeCloseTo(0.93, 2);
});

test("when patience is as long as service, the number present is Poisson", () => {
  const rates = { arrivalRatePerSecond: 3, serviceRatePerSecond: 1, servers: 2 };
  const { waitingProbability } = erlangA({ ...rates, patienceSeconds: 1 });
  // P(Poisson(3) ≥ 2).
  expect(waitingProbability).toBeCloseTo(1 - Math.exp(-3) * (1 + 3), 13);
});

test("with endless patience it is M/M/c", () => {
  const rates = { arrivalRatePerSecond: 8, serviceRatePerSecond: 1, servers: 10 };
  const patient = erlangA({ ...rates, patienceSeconds: 1e12 });
  expect(patient.waitingProbability).toBeCloseTo(mmc(rates).waitingProbability, 9);
  expect(patient.waitingSeconds).toBeCloseTo(mmc(rates).waitingSeconds, 9);
});
