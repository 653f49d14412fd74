/** The wall clock of a scenario and the instants cron patterns name on it. */
import { expect, test } from "vitest";
import { MINUTE } from "../../src/kernel/time.ts";
import { cronInstants, epochSeconds, faultOfCron } from "../../src/model/calendar.ts";

/** Minutes from the start of the first instants. */
function minutes(pattern: string, clock: string, count: number): number[] {
  const found: number[] = [];
  for (const instant of cronInstants(pattern, clock)) {
    if (found.push(instant / MINUTE) === count) break;
  }
  return found;
}

test.each([
  ["1970-01-01T00:00:00Z", 0],
  ["2000-03-01T00:00:00Z", 951_868_800],
  ["2001-09-09T01:46:40Z", 1_000_000_000],
  ["2001-09-09T09:46:40+08:00", 1_000_000_000],
  ["2001-09-08T20:16:40-05:30", 1_000_000_000],
  ["2024-02-29T12:00Z", 1_709_208_000],
])("%s is %d seconds after 1970", (instant, seconds) => {
  expect(epochSeconds(instant)).toBe(seconds);
});

test("what is no instant is none", () => {
  expect(epochSeconds("tomorrow")).toBeNull();
});

test("a pattern is read on the clock's own offset, the next instant after the start", () => {
  expect(minutes("50 23 * * *", "2026-11-10T23:40:00+08:00", 3)).toEqual([10, 1450, 2890]);
  expect(minutes("50 23 * * *", "2026-11-10T23:40:00-03:30", 1)).toEqual([10]);
  expect(minutes("50 23 * * *", "2026-11-10T23:50:00Z", 1)).toEqual([1440]);
  expect(minutes("*/15 * * * *", "2026-11-10T23:40:30Z", 3)).toEqual([4.5, 19.5, 34.5]);
});

test("days of the week count: 11 November 2026 is a Wednesday", () => {
  expect(minutes("0 0 * * 3", "2026-11-10T00:00:00Z", 2)).toEqual([1440, 8 * 1440]);
});

test("a pattern that names no instant has none, and one that is no pattern says why", () => {
  expect(minutes("0 0 31 2 *", "2026-11-10T00:00:00Z", 1)).toEqual([]);
  expect(faultOfCron("50 23 * * *")).toBeNull();
  expect(faultOfCron("60 * * * *")).toContain("minute");
  expect(faultOfCron("every day")).not.toBeNull();
  expect(faultOfCron("0 50 23 * * *")).not.toBeNull();
});
