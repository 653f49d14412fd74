import { expect, test } from "vitest";
import { Kept } from "../../support/kept.ts";

test("a used item is spared once", () => {
  const cache = new Kept("clock", 3);
  for (const key of [1, 2, 3]) cache.insert(key);
  cache.touch(1);
  expect(cache.insert(4)).toBe(2); // 1 is spared and loses its mark: 3 1 4
  expect(cache.insert(5)).toBe(3); // 1 4 5
  cache.touch(4);
  expect(cache.insert(6)).toBe(1); // 4* 5 6
  expect(cache.insert(7)).toBe(5); // 6 4 7
  expect(cache.insert(8)).toBe(6);
});

test("when all were used, the oldest makes room", () => {
  const cache = new Kept("clock", 3);
  for (const key of [1, 2, 3]) cache.insert(key);
  for (const key of [3, 2, 1]) cache.touch(key);
  expect(cache.insert(4)).toBe(1);
});
