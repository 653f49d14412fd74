import { expect, test } from "vitest";
import { Kept } from "../../support/kept.ts";

test("the item that came first makes room, whatever was used", () => {
  const cache = new Kept("fifo", 3);
  for (const key of [1, 2, 3]) cache.insert(key);
  expect(cache.touch(1)).toBe(true);
  expect(cache.insert(1)).toBe(-1); // already there: its turn stays
  expect(cache.insert(4)).toBe(1);
  cache.remove(3);
  expect(cache.insert(5)).toBe(-1); // 2 4 5
  expect(cache.insert(6)).toBe(2);
  expect(cache.insert(7)).toBe(4);
});
