/** A cache and the store behind it: what is answered from memory and what is fetched. */
import { describe, expect, test } from "vitest";
import { counted as reading, memory } from "../../support/memory.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

test("the first call for an item fetches it, the next finds it", () => {
  const play = new Rehearsal(memory());
  play.ask(0, "memory.get", { key: 7 });
  play.ask(5, "memory.get", { key: 7 });
  play.ask(5, "memory.get", { key: 8 });
  play.run(20);
  expect(play.endings).toEqual(["2 a ok", "5 b ok", "7 c ok"]);
  expect(reading(play)).toEqual({ hits: 1, misses: 2, coalesced: 0, evictions: 0 });
  expect(play.counts("store")).toEqual({ arrived: 2, ok: 2 });
});

test("a look-up takes its time, whether it hits or misses", () => {
  const play = new Rehearsal(memory({ lookup: "1 s" }));
  play.ask(0, "memory.get", { key: 7 });
  play.ask(5, "memory.get", { key: 7 });
  play.run(20);
  expect(play.endings).toEqual(["3 a ok", "6 b ok"]);
});

test("a call about no item is never kept", () => {
  const play = new Rehearsal(memory());
  for (const at of [0, 5]) play.ask(at, "memory.get");
  play.run(20);
  expect(play.endings).toEqual(["2 a ok", "7 b ok"]);
});

test("an item is fresh from its fetch to just before its time is up", () => {
  const play = new Rehearsal(memory({ ttl: "10 s" }));
  play.ask(0, "memory.get", { key: 7 }); // kept at 2, fresh until 12
  play.ask(11.999, "memory.get", { key: 7 });
  play.ask(12, "memory.get", { key: 7 });
  play.run(20);
  expect(play.endings).toEqual(["2 a ok", "11.999 b ok", "14 c ok"]);
});

test("a use does not prolong its life, a fetch does", () => {
  const play = new Rehearsal(memory({ ttl: "10 s" }));
  for (const at of [0, 6, 12.5, 20]) play.ask(at, "memory.get", { key: 7 });
  play.run(30);
  expect(play.endings).toEqual(["2 a ok", "6 b ok", "14.5 c ok", "20 d ok"]);
});

test("a full cache pushes out what was used least recently", () => {
  const play = new Rehearsal(memory({ capacity: 2 }));
  // 1 and 2 are kept, 1 is used, 3 pushes out 2; so 1 hits and 2 misses.
  [1, 2, 1, 3, 1, 2].forEach((key, turn) => play.ask(10 * turn, "memory.get", { key }));
  play.run(100);
  expect(play.endings.map((ending) => Number(ending.split(" ")[0]))).toEqual([
    2, 12, 20, 32, 40, 52,
  ]);
  expect(reading(play)).toEqual({ hits: 2, misses: 4, coalesced: 0, evictions: 2 });
});

describe("a thousand calls a second for one item that takes half a second to rebuild", () => {
  const stampede = (coalesce: boolean) => {
    const play = new Rehearsal({
      ...memory({ coalesce }),
      store: { kind: "service", slots: 2000, work: "500 ms" },
    });
    for (let call = 0; call < 2000; call++) play.ask(1 + call / 1000, "memory.get", { key: 7 });
    play.run(10);
    expect(play.live).toBe(0);
    expect(play.counts("memory")).toEqual({ arrived: 2000, ok: 2000 });
    return play;
  };

  test("without coalescing, every call of that half second goes to the store", () => {
    const play = stampede(false);
    // The one at 1.500 was scheduled before the answer of the first: it misses as well.
    expect(play.counts("store")).toEqual({ arrived: 501, ok: 501 });
    expect(reading(play)).toEqual({ hits: 1499, misses: 501, coalesced: 0, evictions: 0 });
  });

  test("with coalescing one does, and the others get its answer", () => {
    const play = stampede(true);
    expect(play.counts("store")).toEqual({ arrived: 1, ok: 1 });
    expect(reading(play)).toEqual({ hits: 1499, misses: 1, coalesced: 500, evictions: 0 });
    const together = play.endings.filter((ending) => ending.startsWith("1.5 "));
    expect(together).toHaveLength(501);
    const names = Array.from({ length: 501 }, (_, call) => String.fromCharCode(97 + call));
    expect(together).toEqual(names.map((name) => `1.5 ${name} ok`)); // in the order they came
  });
});

test("a fetch that fails fails everyone who waited for it, and nothing is kept", () => {
  const parts = { ...memory({ coalesce: true, timeout: "1 s" }) };
  const play = new Rehearsal(parts);
  for (const at of [0, 0.5, 5]) play.ask(at, "memory.get", { key: 7 });
  play.run(20);
  expect(play.endings.toSorted()).toEqual(["1 a timed-out", "1 b timed-out", "6 c timed-out"]);
  expect(play.counts("store")).toEqual({ arrived: 2, "timed-out": 2 });
  expect(play.live).toBe(0);
});

test("callers who have gone do not disturb those who wait for the same item", () => {
  const play = new Rehearsal(memory({ coalesce: true }));
  for (const [index, timeout] of ["1 s", "1 s", "9 s"].entries())
    play.ask(index / 10, "memory.get", { key: 7, timeout });
  play.run(20);
  expect(play.endings).toEqual(["1 a timed-out", "1.1 b timed-out", "2 c ok"]);
  expect(play.live).toBe(0);
});

describe("shards", () => {
  const three = { instances: 3, zones: ["a", "b", "c"] };
  const faults = [{ kind: "zone-outage", zone: "b", at: "10 s", for: "20 s" }];

  test("keep the items of their remainder; one that is down is passed by, and comes back cold", () => {
    const play = new Rehearsal(memory({}, three), { faults });
    for (const at of [0, 15, 17.5, 40, 45]) {
      for (const key of [3, 4, 5]) play.ask(at, "memory.get", { key, name: `${key}` });
    }
    play.run(60);
    const of = (key: string) => play.endings.filter((line) => line.includes(` ${key} `));
    expect(of("3")).toEqual(["2 3 ok", "15 3 ok", "17.5 3 ok", "40 3 ok", "45 3 ok"]);
    expect(of("4")).toEqual(["2 4 ok", "17 4 ok", "19.5 4 ok", "42 4 ok", "45 4 ok"]);
  });

  test("that leave take their items along, and the rest are divided anew", () => {
    const play = new Rehearsal(memory({}, { instances: 2 }));
    play.ask(0, "memory.get", { key: 4 }); // on shard 0 of 2
    play.ask(0, "memory.get", { key: 5 }); // on shard 1 of 2
    play.at(5, () => play.fleet("memory").scaleTo(1, "less"));
    play.ask(6, "memory.get", { key: 4 });
    play.ask(6, "memory.get", { key: 5 });
    play.run(20);
    expect(play.endings.slice(2)).toEqual(["6 c ok", "8 d ok"]);
    expect(play.states("memory")).toEqual(["ready", "gone"]);
  });

  test("a cache with no instance left sends everything to the store", () => {
    const play = new Rehearsal(memory({}, { zones: ["b"] }), { faults });
    for (const at of [0, 5, 15]) play.ask(at, "memory.get", { key: 1 });
    play.run(60);
    expect(play.endings).toEqual(["2 a ok", "5 b ok", "17 c ok"]);
  });

  test("a fetch that comes back to a dead shard is answered but not kept", () => {
    const play = new Rehearsal(memory({}, { zones: ["b"] }), { faults });
    for (const at of [9, 32]) play.ask(at, "memory.get", { key: 1 });
    play.run(60);
    expect(play.endings).toEqual(["11 a ok", "34 b ok"]);
  });
});

describe("a given hit ratio", () => {
  const asked = (ratio: string, more: object = {}) => {
    const play = new Rehearsal(memory({ "hit-ratio": ratio, ...more }, { zones: ["b"] }), {
      faults: [{ kind: "zone-outage", zone: "b", at: "4000 s", for: "100 s" }],
    });
    for (let call = 0; call < 4000; call++) play.ask(call, "memory.get", { key: 1 });
    play.run(3999.5);
    return { play, hits: reading(play).hits };
  };

  test("of all or nothing hits always or never, whatever the item", () => {
    expect(asked("100 %").hits).toBe(4000);
    expect(asked("0 %").hits).toBe(0);
  });

  test("hits that often, within five standard deviations", () => {
    const sigma = Math.sqrt(4000 * 0.8 * 0.2);
    expect(Math.abs(asked("80 %").hits - 3200)).toBeLessThan(5 * sigma);
  });

  test("does not hit while the cache is down", () => {
    const { play } = asked("100 %");
    play.ask(4050, "memory.get", { key: 1 });
    play.run(4090);
    expect(play.endings.at(-1)).toMatch(/^4052 /);
  });
});
