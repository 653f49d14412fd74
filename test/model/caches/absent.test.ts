/** Keys of which the store has no item: kept as such, stopped by a filter, or let through for ever. */
import { expect, test } from "vitest";
import { falsePositiveRate } from "../../../src/model/caches/bloomFilter.ts";
import { counted, database, memory, reads } from "../../support/memory.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

const ITEMS = 5;

const asked = (more: object, wishes: readonly { at: number; key: number }[]) => {
  const play = new Rehearsal(memory(more, {}, database(ITEMS)));
  for (const { at, key } of wishes) play.ask(at, "memory.get", { key });
  play.run(1000);
  expect(play.live).toBe(0);
  expect(play.endings).toHaveLength(wishes.length);
  return play;
};

test("that there is no such item is not kept, unless there is a time for it", () => {
  const wishes = [0, 5, 11.9, 12].map((at) => ({ at, key: ITEMS }));
  expect(reads(asked({}, wishes))).toBe(4);
  expect(reads(asked({ ttl: "100 s" }, wishes))).toBe(4);
  const kept = asked({ "negative-ttl": "10 s" }, wishes);
  expect(kept.endings).toEqual(["2 a ok", "5 b ok", "11.9 c ok", "14 d ok"]);
});

test("an item that is there lives by the other time", () => {
  const wishes = [0, 5, 50].map((at) => ({ at, key: ITEMS - 1 }));
  expect(reads(asked({ "negative-ttl": "1 s" }, wishes))).toBe(1);
  expect(reads(asked({ "negative-ttl": "1 s", ttl: "20 s" }, wishes))).toBe(2);
});

test("a cache behind a cache knows of the store's items as well", () => {
  const play = new Rehearsal({
    edge: { kind: "cache", behind: "memory", "negative-ttl": "10 s" },
    ...memory({}, {}, database(ITEMS)),
  });
  for (const at of [0, 5]) play.ask(at, "edge.get", { key: ITEMS });
  play.run(60);
  expect(reads(play)).toBe(1);
});

// n items, m bits, k hashes: (1 - e^(-kn/m))^k; at m/n = 9.585 and k = 7 that is one percent.
test("a Bloom filter of 9.585 bits an item and 7 hashes lets one key of a hundred pass", () => {
  expect(falsePositiveRate({ bitsPerItem: 9.585, hashes: 7 })).toBeCloseTo(0.01, 4);
});

test("a Bloom filter stops all keys of no item but its false positives, and no item", () => {
  const absent = 20_000;
  const wishes = Array.from({ length: absent }, (_, key) => ({ at: 0, key: ITEMS + key }));
  const filter = { "bloom-filter": { "bits-per-item": 10, hashes: 7 } };
  const play = asked(filter, wishes);
  const rate = (1 - Math.exp(-0.7)) ** 7;
  const sigma = Math.sqrt(absent * rate * (1 - rate));
  const passed = reads(play);
  expect(Math.abs(passed - absent * rate)).toBeLessThan(5 * sigma);
  expect(counted(play)).toEqual({
    hits: absent - passed,
    misses: passed,
    coalesced: 0,
    evictions: 0,
  });
  expect(play.part("memory").read().filtered).toBe(absent - passed);

  // The same keys pass each time.
  const twice = asked(filter, [...wishes, ...wishes.map(({ key }) => ({ at: 9, key }))]);
  expect(reads(twice)).toBe(2 * passed);

  const present = [0, 1, 2, 3, 4].map((key) => ({ at: 0, key }));
  expect(reads(asked(filter, present))).toBe(ITEMS);
});
