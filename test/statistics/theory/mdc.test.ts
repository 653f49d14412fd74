import { expect, test } from "vitest";
import { mdc, mg1 } from "../../../src/statistics/theory/index.ts";

// C. D. Crommelin (1932), solved in high precision elsewhere.
test.each([
  { servers: 2, arrivalRatePerSecond: 160, waiting: 0.00903283879, waits: 0.701898317 },
  { servers: 5, arrivalRatePerSecond: 450, waiting: 0.00776695158, waits: 0.747828546 },
  { servers: 10, arrivalRatePerSecond: 900, waiting: 0.0034458205, waits: 0.646861284 },
])("M/D/$servers waits as Crommelin's equations say", ({ servers, waiting, waits, ...rate }) => {
  const queue = mdc({ ...rate, serviceSeconds: 0.01, servers });
  expect(queue.waitingSeconds).toBeCloseTo(waiting, 11);
  expect(queue.waitingProbability).toBeCloseTo(waits, 8);
});

test("one server waits as Pollaczek and Khinchine say", () => {
  const load = { arrivalRatePerSecond: 95, serviceSeconds: 0.01 };
  const queue = mdc({ ...load, servers: 1 });
  expect(queue.waitingSeconds).toBeCloseTo(mg1({ ...load, serviceScv: 0 }).waitingSeconds, 10);
  expect(queue.waitingProbability).toBeCloseTo(0.95, 12);
});

// Erlang's alternating sum for M/D/1, in arithmetic of 160 digits.
test.each([
  [0.5, 0.0127593987],
  [0.9, 0.050115115],
  [0.99, 0.1035588679],
  [0.999, 0.1570026819],
])("of M/D/1 at 80 % a share of %d waits at most %d s", (p, seconds) => {
  const queue = mdc({ arrivalRatePerSecond: 80, serviceSeconds: 0.01, servers: 1 });
  expect(queue.waitingSecondsAt(p)).toBeCloseTo(seconds, 9);
});

test("the far end of the wait for ten servers is Franx's", () => {
  const queue = mdc({ arrivalRatePerSecond: 900, serviceSeconds: 0.01, servers: 10 });
  expect(queue.waitingSecondsAt(0.1)).toBe(0);
  expect(queue.waitingSecondsAt(0.9)).toBeCloseTo(0.00958436636, 9);
  expect(queue.waitingSecondsAt(0.999)).toBeCloseTo(0.0318152501, 8);
});
