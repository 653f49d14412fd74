import { expect, test } from "vitest";
import { fixedPatience, mmc } from "../../../src/statistics/theory/index.ts";

const rates = { arrivalRatePerSecond: 90, serviceRatePerSecond: 100, servers: 1 };

// Zeltyn and Mandelbaum's integrals, in high precision elsewhere.
test("one server at 90 % loses 10.7 % of those who wait 50 ms at most", () => {
  const queue = fixedPatience({ ...rates, patienceSeconds: 0.05 });
  expect(queue.renegeProbability).toBeCloseTo(0.107306209039949, 12);
  expect(queue.waitingProbability).toBeCloseTo(0.803424411864045, 12);
  expect(queue.waitingSeconds).toBeCloseTo(0.0213240262144323, 13);
  expect(queue.utilisation).toBeCloseTo(0.803424411864045, 12);
});

// D. Y. Barrer, Operations Research 5 (1957): at full load 1 / (2 + μ patience) leave.
test("a saturated server loses as many as Barrer says", () => {
  const saturated = { ...rates, arrivalRatePerSecond: 100, patienceSeconds: 0.03 };
  expect(fixedPatience(saturated).renegeProbability).toBeCloseTo(1 / 5, 12);
});

test("without end to the patience it is M/M/c", () => {
  const three = { arrivalRatePerSecond: 240, serviceRatePerSecond: 100, servers: 3 };
  const queue = fixedPatience({ ...three, patienceSeconds: 5 });
  expect(queue.renegeProbability).toBeCloseTo(0, 12);
  expect(queue.waitingSeconds).toBeCloseTo(mmc(three).waitingSeconds, 10);
});
