/** Nominal 95 % intervals over replications hold about as often as they say, for p99 as for the mean. */
import { expect, test } from "vitest";
import { wilsonInterval } from "../../src/statistics/intervals.ts";
import { covered } from "./coverage.ts";

// All thousand repetitions are a case of the accuracy suite: npm run accuracy -- interval-coverage
const REPETITIONS = 48;

test("intervals over replications cover mean and p99 of M/M/1 in 93 to 97 % of repetitions", () => {
  const found = covered(REPETITIONS);
  for (const [name, times] of Object.entries(found)) {
    const { low, high } = wilsonInterval(times, REPETITIONS, 0.999);
    expect([name, low < 0.97, high > 0.93]).toEqual([name, true, true]);
  }
}, 120_000);
