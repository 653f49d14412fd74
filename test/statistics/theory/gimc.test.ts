import { expect, test } from "vitest";
import { constantGaps, erlangGaps, gim1, gimc, mmc } from "../../../src/statistics/theory/index.ts";

test("one server is GI/M/1", () => {
  const gaps = constantGaps(80);
  const many = gimc(gaps, { serviceRatePerSecond: 100, servers: 1 });
  const one = gim1(gaps, 100);
  expect(many.waitingProbability).toBeCloseTo(one.waitingProbability, 11);
  expect(many.responseSeconds).toBeCloseTo(one.responseSeconds, 12);
});

test("Poisson arrivals make M/M/c", () => {
  const many = gimc(erlangGaps(360, 1), { serviceRatePerSecond: 100, servers: 4 });
  const known = mmc({ arrivalRatePerSecond: 360, serviceRatePerSecond: 100, servers: 4 });
  expect(many.waitingProbability).toBeCloseTo(known.waitingProbability, 11);
  expect(many.queueLength).toBeCloseTo(known.queueLength, 9);
});

// The chain at arrivals, solved by quadrature elsewhere.
test("equal gaps before four servers at 90 % make 66.5 % wait", () => {
  const queue = gimc(constantGaps(360), { serviceRatePerSecond: 100, servers: 4 });
  expect(queue.waitingProbability).toBeCloseTo(0.665174669686, 10);
  expect(queue.waitingSeconds).toBeCloseTo(0.00861178267631, 12);
});
