import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { zipf } from "../../../src/model/keys/zipf.ts";
import { studentInterval } from "../../../src/statistics/intervals.ts";
import { cheFifo, cheLru } from "../../../src/statistics/theory/index.ts";
import { hitRatio, Kept } from "../../support/kept.ts";

test("five samples hit more often than random replacement and less often than LRU", () => {
  const weights = Array.from({ length: 1000 }, (_, rank) => (rank + 1) ** -0.8);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const popularities = weights.map((weight) => weight / total);
  const theory = (held: number[]) =>
    held.reduce((sum, hit, item) => sum + hit * popularities[item]!, 0);
  const ratios = (samples: number, pool: number) =>
    Array.from({ length: 10 }, (_, run) => {
      const cache = new Kept({ kind: "sampled-lru", samples, pool, resolution: "1 ns" }, 100);
      const keys = zipf.create({ items: 1000, exponent: 0.8 }, { random: new Random(`${run}`) });
      const draw = () => {
        cache.clock.now++;
        return keys.draw();
      };
      return hitRatio(cache, draw, 20_000);
    });
  const redis = studentInterval(ratios(5, 16), 0.999);
  const [random, lru] = [theory(cheFifo(popularities, 100)), theory(cheLru(popularities, 100))];
  expect(redis.mean! - redis.halfWidth!).toBeGreaterThan(random);
  expect(redis.mean! + redis.halfWidth!).toBeLessThan(lru);
});

test("the age of a use is known in whole seconds", () => {
  const second = 1e9;
  const evicted = (later: number) => {
    const cache = new Kept({ kind: "sampled-lru", samples: 64 }, 2);
    cache.insert(1);
    cache.insert(2);
    cache.clock.now = later;
    cache.touch(1); // at 0.9 s no younger than 2
    return Array.from({ length: 20 }, () => {
      const out = cache.insert(3);
      cache.clear();
      cache.clock.now = 0;
      for (const key of [1, 2]) cache.insert(key);
      cache.clock.now = later;
      cache.touch(1);
      return out;
    });
  };
  expect(evicted(1.1 * second)).toEqual(Array.from({ length: 20 }, () => 2));
  expect(new Set(evicted(0.9 * second))).toEqual(new Set([1, 2]));
});
