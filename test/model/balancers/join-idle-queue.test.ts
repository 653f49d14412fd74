import { expect, test } from "vitest";
import { fits } from "../../support/chiSquare.ts";
import { Pool, tally } from "../../support/pool.ts";

const kind = "join-idle-queue";

test("while somebody is idle, nobody gets a second call", () => {
  const pool = new Pool(kind, new Array<number>(20).fill(1));
  expect(new Set(pool.sendAll(20)).size).toBe(20);
  pool.answer(7);
  pool.answer(3);
  expect(pool.sendAll(2).sort()).toEqual([3, 7]);
});

test("when nobody is idle, the loads do not matter", () => {
  const pool = new Pool(kind, [1, 1, 1]);
  pool.sendAll(3);
  const counts = tally(pool.sendAll(6_000), 3);
  expect(fits(counts, [1 / 3, 1 / 3, 1 / 3])).toBe(true);
});
