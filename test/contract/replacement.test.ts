/** What every replacement policy must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { replacements, replacementSchema } from "../../src/model/replacements/index.ts";
import { Kept } from "../support/kept.ts";

describe.each(replacements.map(({ kind }) => kind))("%s", (kind) => {
  const cacheOf = (capacity: number) => new Kept({ kind }, capacity);

  test("an empty cache holds nothing", () => {
    const cache = cacheOf(3);
    expect(cache.size).toBe(0);
    expect(cache.touch(0)).toBe(false);
  });

  test("nothing is evicted while there is room", () => {
    const cache = cacheOf(3);
    expect([7, 8, 9].map((key) => cache.insert(key))).toEqual([-1, -1, -1]);
    expect([7, 8, 9].map((key) => cache.touch(key))).toEqual([true, true, true]);
  });

  test("a key that is present is put again without evicting anybody", () => {
    const cache = cacheOf(2);
    for (const key of [1, 2]) cache.insert(key);
    expect(cache.insert(1)).toBe(-1);
    expect(cache.size).toBe(2);
  });

  test("a removed key leaves room for another", () => {
    const cache = cacheOf(2);
    for (const key of [1, 2]) cache.insert(key);
    cache.remove(1);
    cache.remove(99); // absent: nothing happens
    expect(cache.size).toBe(1);
    expect(cache.touch(1)).toBe(false);
    expect(cache.insert(3)).toBe(-1);
  });

  test("a cache of one item holds the last", () => {
    const cache = cacheOf(1);
    expect([5, 6, 0].map((key) => cache.insert(key))).toEqual([-1, 5, 6]);
    expect(cache.touch(0)).toBe(true);
  });

  test("a cleared cache is as good as new", () => {
    const cache = cacheOf(3);
    for (const key of [1, 2, 3, 4]) cache.insert(key);
    cache.clear();
    expect(cache.size).toBe(0);
    expect([1, 2, 3, 4].map((key) => cache.touch(key))).toEqual([false, false, false, false]);
    expect([4, 3, 2].map((key) => cache.insert(key))).toEqual([-1, -1, -1]);
  });

  // Keys next to each other, far apart, and beyond 32 bits.
  test.each([1, 1_000_003, 2 ** 40])(
    "it holds what was put and not evicted, keys %s apart",
    (step) => {
      const cache = cacheOf(50);
      const held = new Set<number>();
      const random = new Random("put and forget");
      for (let event = 0; event < 6_000; event++) {
        const key = step * random.below(150);
        const dice = random.below(1000);
        if (dice === 0) {
          cache.clear();
          held.clear();
        } else if (dice < 100) {
          cache.remove(key);
          held.delete(key);
        } else if (dice < 500) {
          expect(cache.touch(key)).toBe(held.has(key));
        } else {
          const mustEvict = !held.has(key) && held.size === 50;
          const evicted = cache.insert(key);
          expect(evicted !== -1).toBe(mustEvict);
          if (mustEvict) expect(held.delete(evicted)).toBe(true);
          held.add(key);
        }
        expect(cache.size).toBe(held.size);
      }
    },
  );

  test("a capacity beyond all keys costs nothing", () => {
    const cache = cacheOf(2 ** 40);
    for (let key = 0; key < 1000; key++) expect(cache.insert(key)).toBe(-1);
    expect(cache.size).toBe(1000);
  });
});

test("least recently used is meant when nothing is said", () => {
  expect(replacementSchema.parse({})).toEqual({ kind: "lru" });
});
