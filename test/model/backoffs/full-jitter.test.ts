import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import { fullJitter } from "../../../src/model/backoffs/full-jitter.ts";
import { contains, studentInterval } from "../../../src/statistics/intervals.ts";

const backoff = fullJitter.create(
  { base: 100 * MILLISECOND, cap: 2 * SECOND },
  { random: new Random("full jitter") },
);

// The limit doubles from the base until the cap: 100, 200, 400, 800, 1600, then 2000 ms.
test.each([
  { retry: 1, limit: 100 },
  { retry: 2, limit: 200 },
  { retry: 5, limit: 1600 },
  { retry: 6, limit: 2000 },
  { retry: 60, limit: 2000 },
])("retry $retry waits anything up to $limit ms, half of that on average", ({ retry, limit }) => {
  const waits = Array.from({ length: 20_000 }, () => backoff.delay(retry, 0) / MILLISECOND);
  expect(Math.max(...waits)).toBeLessThanOrEqual(limit);
  expect(Math.max(...waits)).toBeGreaterThan(0.99 * limit);
  expect(Math.min(...waits)).toBeLessThan(0.01 * limit);
  expect(contains(studentInterval(waits, 0.999), limit / 2)).toBe(true);
});

test("without numbers it waits as the AWS SDKs do: up to 1 s, doubling, at most 20 s", () => {
  const options = fullJitter.schema.parse({ kind: "full-jitter" });
  expect(options).toEqual({ kind: "full-jitter", base: 1 * SECOND, cap: 20 * SECOND });
});

test("a base of nothing is no wait", () => {
  const none = fullJitter.create({ base: 0, cap: SECOND }, { random: new Random("none") });
  expect([1, 2, 50].map((retry) => none.delay(retry, 0))).toEqual([0, 0, 0]);
});
