/** Steps of memcached's lru_pull_tail and do_item_bump (items.c), worked by hand. */
import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { Kept } from "../../support/kept.ts";

test("an item used twice is kept, one used once is not", () => {
  const cache = new Kept("segmented-lru", 10); // hot 2, warm 4 of ten
  for (let key = 1; key <= 10; key++) cache.insert(key); // hot 9 10, cold 1 … 8
  expect(cache.insert(11)).toBe(1); // hot 10 11, cold 2 … 9
  for (const key of [2, 2, 4]) cache.touch(key); // 2 goes to warm, 4 stays in cold
  expect(cache.insert(12)).toBe(3); // hot 11 12, cold 4 … 10
  expect(cache.insert(13)).toBe(4); // hot 12 13, cold 5 … 11
  for (const key of [12, 12]) cache.touch(key); // active in hot
  expect(cache.insert(14)).toBe(5); // 12 goes to warm; hot 13 14, cold 6 … 11
  const evicted = [15, 16, 17, 18, 19, 20, 21, 22].map((key) => cache.insert(key));
  expect(evicted).toEqual([6, 7, 8, 9, 10, 11, 13, 14]);
  expect([2, 12].map((key) => cache.touch(key))).toEqual([true, true]);
});

test("warm passes on what is beyond its share, the oldest first", () => {
  const cache = new Kept("segmented-lru", 10);
  for (let key = 1; key <= 10; key++) cache.insert(key); // hot 9 10, cold 1 … 8
  for (const key of [1, 2, 3, 4, 5]) {
    cache.touch(key);
    cache.touch(key); // warm 1 … 5, one more than its share
  }
  expect(cache.insert(11)).toBe(6); // 9 and then 1 go to cold: 7 8 9 1
  const evicted = [12, 13, 14, 15].map((key) => cache.insert(key));
  expect(evicted).toEqual([7, 8, 9, 1]);
});

test("an item that was warm long ago is no longer spared", () => {
  const evicted = (age: number) => {
    const cache = new Kept({ kind: "segmented-lru", "warm-age": age }, 10);
    for (let key = 1; key <= 10; key++) cache.insert(key);
    for (const key of [2, 2]) cache.touch(key);
    return Array.from({ length: 60 }, (_, second) => {
      cache.clock.now = second * SECOND; // a new item a second, so the coldest is some seven old
      return cache.insert(100 + second);
    });
  };
  expect(evicted(2)).toContain(2);
  expect(evicted(1000)).not.toContain(2);
});
