import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { zipf } from "../../../src/model/keys/zipf.ts";
import { lru } from "../../../src/model/replacements/lru.ts";
import { contains, studentInterval } from "../../../src/statistics/intervals.ts";
import { lruHitProbabilities } from "../../../src/statistics/theory/index.ts";
import { InOrder } from "../../support/inOrder.ts";

test("the key used longest ago makes room", () => {
  const cache = lru.create({}, { capacity: 3 });
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
  const [fast, slow] = [lru.create({}, { capacity: 200 }), new InOrder(200)];
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

test("four of ten Zipf items are hit as often as King's exact formula says", () => {
  const weights = Array.from({ length: 10 }, (_, rank) => (rank + 1) ** -0.8);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const popularities = weights.map((weight) => weight / total);
  const exact = lruHitProbabilities(popularities, 4).reduce(
    (sum, hit, item) => sum + hit * popularities[item]!,
    0,
  );
  const ratios = Array.from({ length: 20 }, (_, run) => hitRatio(`lru/${run}`));
  const interval = studentInterval(ratios, 0.999);
  expect(interval.halfWidth! / exact).toBeLessThan(0.01);
  expect(contains(interval, exact)).toBe(true);
});

/** Share of 20,000 requests that hit, once every slot has turned over many times. */
function hitRatio(stream: string): number {
  const keys = zipf.create({ items: 10, exponent: 0.8 }, { random: new Random(stream) });
  const cache = lru.create({}, { capacity: 4 });
  let hits = 0;
  for (let request = -500; request < 20_000; request++) {
    const key = keys.draw();
    if (!cache.touch(key)) cache.insert(key);
    else if (request >= 0) hits++;
  }
  return hits / 20_000;
}
