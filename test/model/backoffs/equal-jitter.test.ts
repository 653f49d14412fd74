import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import { equalJitter } from "../../../src/model/backoffs/equal-jitter.ts";
import { contains, studentInterval } from "../../../src/statistics/intervals.ts";

const backoff = equalJitter.create(
  { base: 100 * MILLISECOND, cap: 2 * SECOND },
  { random: new Random("equal jitter") },
);

// Half of the limit, and anything up to the other half: three quarters of it on average.
test.each([
  { retry: 1, limit: 100 },
  { retry: 3, limit: 400 },
  { retry: 6, limit: 2000 },
])("retry $retry waits from half of $limit ms to all of it", ({ retry, limit }) => {
  const waits = Array.from({ length: 20_000 }, () => backoff.delay(retry, 0) / MILLISECOND);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(limit / 2);
  expect(Math.min(...waits)).toBeLessThan(0.51 * limit);
  expect(Math.max(...waits)).toBeLessThanOrEqual(limit);
  expect(Math.max(...waits)).toBeGreaterThan(0.99 * limit);
  expect(contains(studentInterval(waits, 0.999), 0.75 * limit)).toBe(true);
});
