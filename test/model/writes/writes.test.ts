/** What becomes of a write, by hand: a read of the store takes two seconds, a write one. */
import { describe, expect, test } from "vitest";
import { run } from "../../../src/index.ts";
import { database, memory } from "../../support/memory.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

/** Reads and writes the store has had. */
const inStore = (play: Rehearsal) => play.counts("store");

/** Reads item 7, writes it at 3 s and reads it again at 5 s. */
const written = (writes: unknown) => {
  const play = new Rehearsal(memory({ writes }, {}, database()));
  play.ask(0, "memory.get", { key: 7 });
  play.ask(3, "memory.set", { key: 7 });
  play.ask(5, "memory.get", { key: 7 });
  play.run(20);
  expect(play.live).toBe(0);
  return play;
};

test("aside: the item is in the cache at once, and the store is left alone", () => {
  const play = written("aside");
  expect(play.endings).toEqual(["2 a ok", "3 b ok", "5 c ok"]);
  expect(inStore(play)).toEqual({ arrived: 1, ok: 1 });
});

test("through: the store has it first, then the cache", () => {
  const play = written("through");
  expect(play.endings).toEqual(["2 a ok", "4 b ok", "5 c ok"]);
  expect(inStore(play)).toEqual({ arrived: 2, ok: 2 });
});

test("around: the store has it, the cache must fetch it", () => {
  const play = written("around");
  expect(play.endings).toEqual(["2 a ok", "4 b ok", "7 c ok"]);
  expect(inStore(play)).toEqual({ arrived: 3, ok: 3 });
});

test.each(["through", "around"])("%s: a write that fails leaves nothing in the cache", (writes) => {
  const play = new Rehearsal(memory({ writes, timeout: "500 ms" }, {}, database()));
  play.ask(0, "memory.set", { key: 7 });
  play.run(3);
  play.ask(3, "memory.get", { key: 7 });
  play.run(20);
  expect(play.endings).toEqual(["0.5 a timed-out", "3.5 b timed-out"]);
});

test("a write through names another operation where the store has its own", () => {
  const operations = { load: [{ work: "2 s" }], save: [{ work: "3 s" }] };
  const cache = { behind: "store.load", writes: "through", "write-to": "store.save" };
  const parts = memory(cache, {}, { kind: "service", slots: 9, operations });
  const play = new Rehearsal(parts);
  play.ask(0, "memory.set", { key: 7 });
  play.run(20);
  expect(play.endings).toEqual(["3 a ok"]);
});

test("a store that cannot be written to is enough where writes leave it alone", async () => {
  const operations = { load: [{ work: "2 s" }] };
  const store = { kind: "service", slots: 9, operations };
  const played = (writes: string) =>
    run({
      title: "Writes",
      run: { duration: "1 s" },
      workloads: { shoppers: { to: "web", arrivals: { rate: "1 rps" } } },
      parts: {
        web: { kind: "service", slots: 9, operations: { shoppers: [{ call: "memory.set" }] } },
        ...memory({ behind: "store.load", "hit-ratio": "90 %", writes }, {}, store),
      },
    });
  await expect(played("through")).rejects.toThrow('no operation "write"');
  await expect(played("aside")).resolves.toBeDefined();
});

test("delete forgets an item, and nothing else happens", () => {
  const play = new Rehearsal(memory());
  for (const at of [0, 10]) play.ask(at, "memory.get", { key: 7 });
  play.ask(5, "memory.delete", { key: 7 });
  play.ask(5, "memory.delete", { key: 8 });
  play.run(20);
  expect(play.endings).toEqual(["2 a ok", "5 c ok", "5 d ok", "12 b ok"]);
});

describe("behind", () => {
  const behind = (more: object = {}) => ({ writes: { kind: "behind", ...more } });

  test("the caller is answered at once, and a second later the store has all at once", () => {
    const play = new Rehearsal(memory(behind(), {}, database()));
    for (const [index, at] of [0, 0.2, 0.4, 0.6].entries())
      play.ask(at, "memory.set", { key: index % 3 });
    play.run(0.99);
    expect(play.endings).toEqual(["0 a ok", "0.2 b ok", "0.4 c ok", "0.6 d ok"]);
    expect(inStore(play)).toEqual({ arrived: 0 });
    play.run(1);
    expect(inStore(play)).toEqual({ arrived: 1 });
    play.run(10);
    expect(inStore(play)).toEqual({ arrived: 1, ok: 1 });
    expect(play.live).toBe(0);
  });

  test("a full batch goes at once", () => {
    const play = new Rehearsal(memory(behind({ batch: 2 }), {}, database()));
    for (const key of [0, 1, 2]) play.ask(key / 10, "memory.set", { key });
    play.run(0.5);
    expect(inStore(play)).toEqual({ arrived: 1 });
    play.run(10);
    expect(inStore(play)).toEqual({ arrived: 2, ok: 2 });
    expect(play.live).toBe(0);
  });

  test("a batch that failed is written again", () => {
    const faults = [{ kind: "crash", of: "store", at: "500 ms", repair: "2 s" }];
    const store = { ...database(), fleet: { "start-up": "0 s" } };
    const play = new Rehearsal(memory(behind(), {}, store), { faults });
    play.ask(0, "memory.set", { key: 7 });
    play.run(20);
    const { arrived, ok } = inStore(play);
    expect(ok).toBe(1);
    expect(arrived).toBeGreaterThan(1);
    expect(play.live).toBe(0);
  });

  test("what was not yet in the store is lost when the instance dies", () => {
    const faults = [{ kind: "crash", of: "memory", at: "500 ms", repair: "2 s" }];
    const play = new Rehearsal(memory(behind(), {}, database()), { faults });
    for (const key of [0, 1]) play.ask(key / 10, "memory.set", { key });
    play.run(20);
    expect(inStore(play)).toEqual({ arrived: 0 });
    expect(play.reasons("fate")).toContain("0.5: 2 written items had not reached the store");
    expect(play.live).toBe(0);
  });

  // The batch leaves at 1 s and would be in the store at 2 s; the next leaves at 2.7 s.
  test.each([
    ["nothing is left to be written again once its instance is dead", "memory", 1],
    ["it is written again while its instance lives", "", 2],
  ])("of a batch that fails on its way %s", (_, dead, arrived) => {
    const crash = (of: string, at: string) => ({ kind: "crash", of, at, repair: "500 ms" });
    const faults = [crash("store", "1.7 s"), ...(dead ? [crash(dead, "1.5 s")] : [])];
    const store = { ...database(), fleet: { "start-up": "0 s" } };
    const parts = memory(behind({ delay: "1 s" }), {}, store);
    const play = new Rehearsal(parts, { faults });
    play.ask(0, "memory.set", { key: 7 });
    play.run(20);
    expect(inStore(play)["arrived"]).toBe(arrived);
    expect(play.live).toBe(0);
  });

  test("while the instance is down, writes go to the store", () => {
    const faults = [{ kind: "crash", of: "memory", at: "500 ms", repair: "10 s" }];
    const play = new Rehearsal(memory(behind(), {}, database()), { faults });
    play.ask(2, "memory.set", { key: 7 });
    play.run(20);
    expect(play.endings).toEqual(["3 a ok"]);
  });
});
