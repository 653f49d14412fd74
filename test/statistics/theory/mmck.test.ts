import { expect, test } from "vitest";
import { erlangB, mmc, mmck } from "../../../src/statistics/theory/index.ts";

test("at equal rates every number from 0 to K is as likely", () => {
  const rates = { arrivalRatePerSecond: 100, serviceRatePerSecond: 100, servers: 1 };
  const queue = mmck({ ...rates, capacity: 5 });
  expect(queue.dropProbability).toBeCloseTo(1 / 6, 14);
  expect(queue.utilisation).toBeCloseTo(5 / 6, 14);
  expect(queue.throughputPerSecond).toBeCloseTo(500 / 6, 12);
  // 2.5 in the system on average, 83.3 of them served per second.
  expect(queue.responseSeconds).toBeCloseTo(0.03, 14);
  expect(queue.queueLength).toBeCloseTo((0 + 0 + 1 + 2 + 3 + 4) / 6, 14);
});

test("two servers and three places, by hand", () => {
  const rates = { arrivalRatePerSecond: 3, serviceRatePerSecond: 4, servers: 2 };
  const weights = [1, 3 / 4, 9 / 32, 27 / 256];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const queue = mmck({ ...rates, capacity: 3 });
  expect(queue.dropProbability).toBeCloseTo(weights[3]! / sum, 14);
  expect(queue.queueLength).toBeCloseTo(weights[3]! / sum, 14);
});

test("without waiting room it is Erlang B, with endless room M/M/c", () => {
  const rates = { arrivalRatePerSecond: 450, serviceRatePerSecond: 1, servers: 500 };
  expect(mmck({ ...rates, capacity: 500 }).dropProbability).toBeCloseTo(
    erlangB({ offeredErlang: 450, servers: 500 }),
    13,
  );
  const long = { arrivalRatePerSecond: 8, serviceRatePerSecond: 1, servers: 10 };
  expect(mmck({ ...long, capacity: 1000 }).waitingSeconds).toBeCloseTo(
    mmc(long).waitingSeconds,
    12,
  );
});

test("under a load far above capacity nearly all but the capacity is dropped", () => {
  const rates = { arrivalRatePerSecond: 1e6, serviceRatePerSecond: 1, servers: 100 };
  const queue = mmck({ ...rates, capacity: 2000 });
  expect(queue.throughputPerSecond).toBeCloseTo(100, 6);
  expect(queue.queueLength).toBeCloseTo(1900, 3);
});
