import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { InOrder } from "../../support/inOrder.ts";
import { Kept } from "../../support/kept.ts";

test("the key used longest ago makes room", () => {
  const cache = new Kept("lru", 3);
  for (const key of [1, 2, 3]) cache.insert(key);
  expect(cache.touch(1)).toBe(true); // order of use: 2 3 1
  expect(cache.insert(4)).toBe(2); // 3 1 4
  expect(cache.insert(3)).toBe(-1); // 1 4 3
  expect(cache.insert(5)).toBe(1); // 4 3 5
  cache.remove(3); // 4 5
  expect(cache.insert(6)).toBe(-1); // 4 5 6
  expect(cache.insert(7)).toBe(4);
});

test("the ring evicts as a map in order of use does, under random operations", () => {
  const random = new Random("twin");
  const [fast, slow] = [new Kept("lru", 200), new InOrder(200)];
  for (let event = 0; event < 30_000; event++) {
    const key = random.below(1 + random.below(1000)); // small keys more often
    const dice = random.below(2000);
    if (dice === 0) {
      fast.clear();
      slow.clear();
    } else if (dice < 100) {
      fast.remove(key);
      slow.remove(key);
    } else if (dice < 1200) expect(fast.touch(key)).toBe(slow.touch(key));
    else expect(fast.insert(key)).toBe(slow.insert(key));
    expect(fast.size).toBe(slow.size);
  }
});
