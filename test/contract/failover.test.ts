/** What every failover must keep, and how long each leaves nobody to write to. */
import { describe, expect, test } from "vitest";
import { stream } from "../../src/kernel/random.ts";
import { SECOND } from "../../src/kernel/time.ts";
import { failovers, failoverSchema } from "../../src/model/failovers/index.ts";
import { make } from "../../src/schema/definition.ts";

const made = (kind: string) =>
  make(failovers, failoverSchema.parse({ kind }), { random: stream("1", "db", "failover") });

describe.each(failovers.map(({ kind }) => kind))("%s", (kind) => {
  test("hears of the primary more than once before it gives it up", () => {
    const { heartbeat, ttl, check } = made(kind).lease;
    expect(heartbeat).toBeGreaterThan(0);
    expect(ttl).toBeGreaterThan(heartbeat);
    expect(check).toBeGreaterThanOrEqual(0);
  });

  test("promotes in whole nanoseconds, whatever the number of replicas", () => {
    const { promotion } = made(kind);
    for (const replicas of [0, 1, 2, 6]) {
      const time = promotion(replicas);
      expect(Number.isSafeInteger(time)).toBe(true);
      expect(time).toBeGreaterThanOrEqual(0);
    }
  });
});

// From the death to the next primary, as the sources of each add up [s].
test.each([
  ["patroni", 21, 33],
  ["repmgr", 61, 65],
  ["redis-sentinel", 30, 34],
  ["redis-cluster", 15.5, 24.5],
  ["mongodb", 10, 12],
  ["raft", 0.9, 2],
])("without its primary %s is for %d to %d s", (kind, least, most) => {
  const { lease, promotion } = made(kind);
  const times = Array.from({ length: 2000 }, () => promotion(2) / SECOND);
  const shortest = (lease.ttl - lease.heartbeat) / SECOND + Math.min(...times);
  const longest = lease.ttl / SECOND + Math.max(...times);
  expect(shortest).toBeGreaterThanOrEqual(least);
  expect(longest).toBeLessThanOrEqual(most);
  // Of 2000 draws the extremes come near the bounds.
  expect(shortest).toBeLessThan(least + 0.2 * (most - least));
  expect(longest).toBeGreaterThan(most - 0.2 * (most - least));
});

// The least of two, each even over one second: a third of it on average, ± 3.3 · 0.236 / √20000.
test("the more followers there are the sooner one of them stands", () => {
  const { promotion } = made("raft");
  const mean = (replicas: number) =>
    Array.from({ length: 20_000 }, () => promotion(replicas)).reduce((sum, x) => sum + x, 0) /
    20_000;
  expect(Math.abs(mean(2) / SECOND - 1 / 3)).toBeLessThan(0.0055);
  expect(Math.abs(mean(4) / SECOND - 1 / 5)).toBeLessThan(0.0055);
});
