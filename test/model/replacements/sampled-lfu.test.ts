import { describe, expect, test } from "vitest";
import { MINUTE } from "../../../src/kernel/time.ts";
import { Random } from "../../../src/kernel/random.ts";
import { counted } from "../../../src/model/replacements/sampled-lfu.ts";
import { Kept } from "../../support/kept.ts";

describe("the counter of uses", () => {
  test("goes up with probability 1 / ((c - 5) · factor + 1)", () => {
    expect(counted(3, 10, 0.999)).toBe(4);
    expect(counted(5, 10, 0.999)).toBe(6);
    expect(counted(6, 10, 1 / 11 - 1e-6)).toBe(7);
    expect(counted(6, 10, 1 / 11 + 1e-6)).toBe(6);
    expect(counted(255, 10, 0)).toBe(255);
  });

  // The table in Redis's own redis.conf, each the outcome of one experiment.
  test.each([
    { factor: 1, uses: 100, counter: 18 },
    { factor: 1, uses: 1000, counter: 49 },
    { factor: 10, uses: 100, counter: 10 },
    { factor: 10, uses: 1000, counter: 18 },
    { factor: 100, uses: 1000, counter: 11 },
  ])("stands near $counter after $uses uses with factor $factor", ({ factor, uses, counter }) => {
    const random = new Random(`${factor} ${uses}`);
    let sum = 0;
    for (let run = 0; run < 100; run++) {
      let value = 5;
      for (let use = 0; use < uses; use++) value = counted(value, factor, random.next());
      sum += value;
    }
    expect(Math.abs(sum / 100 - counter)).toBeLessThan(1.5);
  });
});

test("what was used often stays, until it was idle for long", () => {
  const evictedAfter = (minutes: number) => {
    const cache = new Kept({ kind: "sampled-lfu", samples: 64 }, 2);
    cache.insert(1);
    for (let use = 0; use < 1000; use++) cache.touch(1); // near 18
    cache.clock.now = minutes * MINUTE;
    cache.insert(2); // 5
    return cache.insert(3);
  };
  expect(evictedAfter(0)).toBe(2);
  expect(evictedAfter(5)).toBe(2);
  expect(evictedAfter(30)).toBe(1); // 18 - 30 < 5
});
