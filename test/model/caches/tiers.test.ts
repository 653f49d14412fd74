/** Caches in front of caches, caches beside each other, and who fills them. */
import { expect, test } from "vitest";
import { memory, reads } from "../../support/memory.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

const store = { kind: "service", slots: 1000, work: "2 s" };
const fleet = (instances: number) => ({ fleet: { instances, "start-up": "0 s" } });

test("a cache fetches from the cache behind it, which fetches from the store", () => {
  const play = new Rehearsal({
    edge: { kind: "cache", behind: "shield", lookup: "1 s", ttl: "10 s" },
    shield: { kind: "cache", behind: "store", lookup: "1 s" },
    store,
  });
  for (const at of [0, 5, 20]) play.ask(at, "edge.get", { key: 7 });
  play.run(60);
  // Twice a look-up and the store; the edge; when that has expired, the shield.
  expect(play.endings).toEqual(["4 a ok", "6 b ok", "22 c ok"]);
  expect(play.counts("shield")).toEqual({ arrived: 2, ok: 2 });
  expect(reads(play)).toBe(1);
});

test("a shield makes one fetch of the misses of many edges", () => {
  const cdn = (coalesce: boolean) => {
    const play = new Rehearsal({
      pops: { kind: "load-balancer", to: "edge" },
      edge: { kind: "cache", behind: "shield", sharding: "none", ...fleet(8) },
      shield: { kind: "cache", behind: "store", coalesce },
      store,
    });
    for (let call = 0; call < 16; call++) play.ask(call < 8 ? 0 : 10, "pops.get", { key: 7 });
    play.run(60);
    expect(play.counts("shield")).toEqual({ arrived: 8, ok: 8 }); // in turn: each edge once
    return reads(play);
  };
  expect(cdn(true)).toBe(1);
  expect(cdn(false)).toBe(8);
});

test("instances without shards share neither items nor fetches", () => {
  const play = new Rehearsal({
    front: { kind: "load-balancer", to: "local" },
    local: { kind: "cache", behind: "store", sharding: "none", coalesce: true, ...fleet(2) },
    store,
  });
  for (const at of [0, 0, 1, 1, 5, 5]) play.ask(at, "front.get", { key: 7 }); // in turn
  play.run(60);
  expect(reads(play)).toBe(2);
  expect(play.part("local").read()).toMatchObject({ hits: 2, misses: 2, coalesced: 2 });
});

test("without a balancer in front, calls come to such instances at random", () => {
  const play = new Rehearsal({
    local: { kind: "cache", behind: "store", sharding: "none", ...fleet(4) },
    store,
  });
  for (let call = 0; call < 100; call++) play.ask(10 * call, "local.get", { key: 7 });
  play.run(2000);
  expect(reads(play)).toBe(4); // all four are met in a hundred draws but for one time in 10^12
});

test("a caller that fills the cache makes one more look-up before it goes on", () => {
  const play = new Rehearsal(memory({ fill: "caller", lookup: "1 s" }));
  for (const at of [0, 3.5, 10]) play.ask(at, "memory.get", { key: 7 });
  play.run(60);
  // a: look-up, fetch, look-up; b looks up at 4.5, when a's item has been there for half a second.
  expect(play.endings).toEqual(["4 a ok", "4.5 b ok", "11 c ok"]);
  expect(reads(play)).toBe(1);
});

test("an application may take a cache for the store: read and write mean get and set", () => {
  const play = new Rehearsal(memory());
  play.ask(0, "memory.write", { key: 7 });
  play.ask(1, "memory.read", { key: 7 });
  play.ask(2, "memory.read", { key: 8 });
  play.run(60);
  expect(play.endings).toEqual(["0 a ok", "1 b ok", "4 c ok"]);
});
