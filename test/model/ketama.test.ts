import { describe, expect, test } from "vitest";
import { KetamaRing } from "../../src/model/ketama.ts";
import { memory, reads } from "../support/memory.ts";
import { Rehearsal } from "../support/rehearsal.ts";

const KEYS = 2000;
const owners = (ids: readonly number[]) => {
  const ring = new KetamaRing(
    ids.map((id) => ({ id, weight: 1 })),
    160,
  );
  return Array.from({ length: KEYS }, (_, key) => ids[ring.ownerOf(key)]!);
};

test("when a member leaves, nothing moves but what was its own", () => {
  const before = owners([0, 1, 2, 3, 4]);
  const after = owners([0, 1, 3, 4]);
  for (let key = 0; key < KEYS; key++) {
    if (before[key] === 2) expect(after[key]).not.toBe(2);
    else expect(after[key]).toBe(before[key]);
  }
});

test("members have shares of about the same size, by weight", () => {
  const ring = new KetamaRing(
    [
      { id: 0, weight: 1 },
      { id: 1, weight: 3 },
    ],
    160,
  );
  const keys = 100_000;
  let heavy = 0;
  for (let key = 0; key < keys; key++) heavy += ring.ownerOf(key);
  expect(Math.abs(heavy / keys - 0.75)).toBeLessThan(0.06); // 8 % of a share of a quarter, and some
});

describe("a cache that loses one of four instances fetches again", () => {
  const fetchedAgain = (sharding: string) => {
    const play = new Rehearsal(memory({ sharding }, { instances: 4 }));
    for (const at of [0, 10])
      for (let key = 0; key < 1200; key++) play.ask(at, "memory.get", { key });
    play.at(5, () => play.fleet("memory").scaleTo(3, "less"));
    play.run(60);
    return reads(play) - 1200;
  };

  test("three quarters of all items, when they are divided by remainder", () => {
    expect(fetchedAgain("remainder")).toBe(900); // of twelve keys three have the same of 4 and of 3
  });

  test("no more than its share on a ketama ring", () => {
    const share = fetchedAgain("ketama") / 1200;
    expect(Math.abs(share - 1 / 4)).toBeLessThan(0.06);
  });
});
