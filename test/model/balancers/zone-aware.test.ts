import { expect, test } from "vitest";
import { wilsonInterval } from "../../../src/statistics/intervals.ts";
import { anyCall, Pool, tally } from "../../support/pool.ts";

/** Ids 0, 3, … stand in zone a, 1, 4, … in b, 2, 5, … in c. */
const zoneOf = (id: number) => id % 3;
const ones = (size: number) => new Array<number>(size).fill(1);

/** Calls by zone that a caller's calls go to, once the balancer has seen 20,000 like it. */
function spread(pool: Pool, callers: readonly (string | null)[]): number[] {
  const calls = (count: number) =>
    Array.from({ length: count }, (_, call) => {
      pool.call = { ...anyCall, zone: callers[call % callers.length]! };
      return zoneOf(pool.ask());
    });
  calls(20_000);
  return tally(calls(9_000), 3);
}

test("callers spread as the backends are stay in their zones", () => {
  const pool = new Pool("zone-aware", ones(6));
  pool.call = { ...anyCall, zone: "b" };
  expect(spread(pool, ["b", "c", "a"]).every((count) => count > 2_990)).toBe(true);
  expect(zoneOf(pool.ask())).toBe(0); // the last caller stood in a
});

test("callers of one zone alone are spread over all as the backends are", () => {
  // The zone has 1/3 of the backends and all of the calls: 1/3 stay, the rest is shared by two.
  const counts = spread(new Pool("zone-aware", ones(9)), ["a"]);
  for (const count of counts) {
    const { low, high } = wilsonInterval(count, 9_000, 0.999);
    expect(low).toBeLessThan(1 / 3 + 0.004); // what is left of the first belief: 100 of 20,000
    expect(high).toBeGreaterThan(1 / 3 - 0.004);
  }
});

test("a zone without backends sends all its calls away", () => {
  const pool = new Pool("zone-aware", ones(9));
  for (const id of [0, 3, 6]) pool.leave(id);
  const counts = spread(pool, ["a"]);
  expect(counts[0]).toBe(0);
  expect(counts[1]! + counts[2]!).toBe(9_000);
});

test("callers of unknown zone come from each zone in turn", () => {
  const counts = spread(new Pool("zone-aware", ones(6)), [null]);
  for (const count of counts) expect(Math.abs(count - 3_000)).toBeLessThan(10);
});

test("few backends are one pool, and the algorithm within may be any", () => {
  const pool = new Pool({ kind: "zone-aware", balancer: "least-connections" }, ones(3));
  pool.call = { ...anyCall, zone: "a" };
  expect(pool.sendAll(6)).toEqual([0, 1, 2, 0, 1, 2]);
  for (const id of [3, 4, 5]) pool.join(id);
  expect(zoneOf(pool.send())).toBe(0);
});
