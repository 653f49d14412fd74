/** How long answers are good, and what is served when they are not. */
import { describe, expect, test } from "vitest";
import { counted, memory, reads } from "../../support/memory.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

/** Whether a share of many independent draws is what it should be, within five standard deviations. */
function expectShare(count: number, of: number, probability: number): void {
  const sigma = Math.sqrt(of * probability * (1 - probability));
  expect(Math.abs(count - of * probability)).toBeLessThan(5 * sigma);
}

/** Fetches items at 0 s, kept at 2 s, and asks for each once more; how many are fetched again. */
function fetchedAgain(items: number, at: number, more: object): number {
  const play = new Rehearsal(memory(more));
  for (const when of [0, at])
    for (let key = 0; key < items; key++) play.ask(when, "memory.get", { key });
  play.run(100);
  return reads(play) - items;
}

test("a jitter of half the ttl spreads lives evenly from half to one and a half of it", () => {
  const spread = { ttl: "10 s", "ttl-jitter": "50 %" };
  expect(fetchedAgain(500, 6.99, spread)).toBe(0); // 4.99 s old
  expectShare(fetchedAgain(4000, 9.5, spread), 4000, 0.25); // 7.5 s old
  expect(fetchedAgain(500, 17.01, spread)).toBe(500); // 15.01 s old
});

test("counted from its use, an item lives as long as it is used", () => {
  const play = new Rehearsal(memory({ ttl: "10 s", "ttl-from": "use" }));
  for (const at of [0, 9, 18, 27.999, 38]) play.ask(at, "memory.get", { key: 7 });
  play.run(60);
  expect(play.endings).toEqual(["2 a ok", "9 b ok", "18 c ok", "27.999 d ok", "40 e ok"]);
});

// Item 1 lives from 2 s to 12 s and is used at 11 s, item 2 from 10 s to 20 s. The store is down at
// 12.5 s, so that 1 is not fetched again; with 2 and 3 the cache is full.
test("what is past all use makes room as soon as somebody asks for it", () => {
  const faults = [{ kind: "crash", of: "store", at: "12.2 s", repair: "300 ms" }];
  const store = { kind: "service", slots: 9, work: "2 s", fleet: { "start-up": "0 s" } };
  const play = new Rehearsal(memory({ ttl: "10 s", capacity: 2 }, {}, store), { faults });
  for (const [at, key] of [[0, 1], [8, 2], [11, 1], [12.4, 1], [12.6, 3], [15, 2]] as const)
    play.ask(at, "memory.get", { key }); // prettier-ignore
  play.run(60);
  const ends = ["2 a ok", "10 b ok", "11 c ok", "12.4 d refused", "14.6 e ok", "15 f ok"];
  expect(play.endings).toEqual(ends);
  expect(counted(play).evictions).toBe(0);
});

// Vattani, Chierichetti, Lowenstein, VLDB 2015: an item is fetched again with probability
// e^(-left / (beta · fetch time)).
test.each([
  { beta: 1, at: 9, probability: Math.exp(-3 / 2) },
  { beta: 1, at: 11.5, probability: Math.exp(-0.5 / 2) },
  { beta: 2, at: 9, probability: Math.exp(-3 / 4) },
])("with beta $beta, at $at s of 12, early refresh fetches with probability $probability", (of) => {
  const again = fetchedAgain(4000, of.at, { ttl: "10 s", "early-refresh": of.beta });
  expectShare(again, 4000, of.probability);
});

test("one who refreshes early waits for it, the others do not", () => {
  const play = new Rehearsal(memory({ ttl: "10 s", "early-refresh": 1000, coalesce: true }));
  play.ask(0, "memory.get", { key: 7 });
  for (const at of [11, 11.5, 12.5]) play.ask(at, "memory.get", { key: 7 });
  play.run(30);
  // At 11 it is as good as certain (e^(-1 / 2000)); at 12.5 the item is gone and the fetch is shared.
  expect(play.endings).toEqual(["2 a ok", "11.5 c ok", "13 b ok", "13 d ok"]);
  expect(reads(play)).toBe(2);
});

describe("stale while revalidate", () => {
  const played = (more: object = {}) => {
    const parts = memory({ ttl: "10 s", "stale-while-revalidate": "5 s", ...more });
    const play = new Rehearsal(parts);
    for (const at of [0, 13, 14, 20, 31]) play.ask(at, "memory.get", { key: 7 });
    play.run(60);
    expect(play.live).toBe(0);
    return play;
  };

  test.each([{}, { coalesce: true }])("serves what has expired and fetches it once", (more) => {
    const play = played(more);
    // Fresh until 12, fetched again from 13 to 15, fresh until 25, of use until 30.
    expect(play.endings).toEqual(["2 a ok", "13 b ok", "14 c ok", "20 d ok", "33 e ok"]);
    expect(reads(play)).toBe(3);
    expect(counted(play)).toEqual({ hits: 3, misses: 2, coalesced: 0, evictions: 0 });
    expect(play.part("memory").read().stale).toBe(2);
  });

  test("a refresh that fails is tried again by the next who asks", () => {
    const parts = memory({ ttl: "10 s", "stale-while-revalidate": "50 s", timeout: "2500 ms" });
    const faults = [{ kind: "slow", of: "store", at: "12 s", for: "4 s", factor: 10 }];
    const play = new Rehearsal(parts, { faults });
    for (const at of [0, 13, 15, 16, 20]) play.ask(at, "memory.get", { key: 7 });
    play.run(60);
    expect(play.endings).toEqual(["2 a ok", "13 b ok", "15 c ok", "16 d ok", "20 e ok"]);
    expect(play.counts("store")).toEqual({ arrived: 3, ok: 2, "timed-out": 1 });
  });
});

test("stale if error: an item past its time is served when fetching it failed, for so long", () => {
  const parts = memory({ ttl: "10 s", "stale-if-error": "8 s", timeout: "2500 ms" });
  const faults = [{ kind: "slow", of: "store", at: "12 s", for: "60 s", factor: 10 }];
  const play = new Rehearsal(parts, { faults });
  for (const at of [0, 13, 17.4, 17.5]) play.ask(at, "memory.get", { key: 7 });
  play.run(90);
  // Fresh until 12 and of use until 20; the store is too slow for all who ask after 12.
  expect(play.endings).toEqual(["2 a ok", "15.5 b ok", "19.9 c ok", "20 d timed-out"]);
  expect(play.part("memory").read().stale).toBe(2);
  expect(play.live).toBe(0);
});
