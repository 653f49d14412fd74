import { expect, test } from "vitest";
import { tickTimes } from "../../../src/report/charts/time-axis.ts";
import { latencyTicks } from "../../../src/report/charts/log-axis.ts";

test("ticks stand on round clock times when the run starts between them", () => {
  const start = 23 * 3600 + 42 * 60;
  expect(tickTimes(2400, start)).toEqual([180, 480, 780, 1080, 1380, 1680, 1980, 2280]);
});

test("a run of a few seconds and one of a day both have at most eleven ticks", () => {
  expect(tickTimes(8, 0)).toHaveLength(9);
  expect(tickTimes(86_400, 0).length).toBeLessThanOrEqual(11);
});

test("latency lines stand at one, two and five, or at powers of ten over many decades", () => {
  expect(latencyTicks(0.009, 0.3)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2]);
  expect(latencyTicks(0.039, 0.068)).toEqual([0.04, 0.05, 0.06]);
  expect(latencyTicks(0.0005, 20)).toEqual([0.001, 0.01, 0.1, 1, 10]);
});
