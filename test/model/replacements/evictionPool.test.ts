/** Steps of Redis's src/evict.c (evictionPoolPopulate, performEvictions), worked by hand. */
import { expect, test } from "vitest";
import type { Random } from "../../../src/kernel/random.ts";
import { EvictionPool } from "../../../src/model/replacements/evictionPool.ts";

/** A stream that draws the slots it is given. */
function drawing(slots: number[]): Random {
  return { below: () => slots.shift()! - 1 } as unknown as Random;
}

test("the pool keeps the worst, drops the least of them, and passes over what has gone", () => {
  const idle = [0, 50, 10, 30, 40, 20, 60]; // by slot
  const draws = [2, 3, /**/ 5, 4, /**/ 1, 6, /**/ 2, 2];
  const context = { capacity: 6, random: drawing(draws) };
  const pool = new EvictionPool({ samples: 2, pool: 3 }, context, (slot) => idle[slot]!);
  expect(pool.victim()).toBe(3); // 2:10 3:30
  expect(pool.victim()).toBe(4); // 2:10 5:20 4:40
  expect(pool.victim()).toBe(6); // 2:10 5:20 1:50, full: 6:60 pushes 2 out
  pool.forget(1); // 5:20 and a ghost
  expect(pool.victim()).toBe(5); // 2:10 comes in first and fills the pool; the second time it is the least
  expect(draws).toEqual([]);
});

test("what stands in the pool is as old as it was when drawn", () => {
  const idle = [0, 10, 20, 5];
  const draws = [1, 2, /**/ 3, 3];
  const context = { capacity: 3, random: drawing(draws) };
  const pool = new EvictionPool({ samples: 2, pool: 16 }, context, (slot) => idle[slot]!);
  expect(pool.victim()).toBe(2);
  idle[1] = 0; // used meanwhile, but the pool does not know
  expect(pool.victim()).toBe(1);
});

test("of two as idle as each other the one drawn first goes", () => {
  const context = { capacity: 2, random: drawing([1, 2]) };
  const pool = new EvictionPool({ samples: 2, pool: 16 }, context, () => 7);
  expect(pool.victim()).toBe(1);
});
