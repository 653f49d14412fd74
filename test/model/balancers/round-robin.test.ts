import { expect, test } from "vitest";
import { Pool } from "../../support/pool.ts";

test("backends take turns in the order they joined", () => {
  expect(new Pool("round-robin", [1, 1, 1]).sendAll(7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
});

test("weights do not matter", () => {
  expect(new Pool("round-robin", [9, 1]).sendAll(4)).toEqual([0, 1, 0, 1]);
});

test("when the backend that is due leaves, the next one still there takes its turn", () => {
  const pool = new Pool("round-robin", [1, 1, 1, 1]);
  expect(pool.sendAll(1)).toEqual([0]);
  pool.leave(1);
  expect(pool.sendAll(4)).toEqual([2, 3, 0, 2]);
});

test("when another backend leaves, the one that is due stays due", () => {
  const pool = new Pool("round-robin", [1, 1, 1, 1]);
  expect(pool.sendAll(2)).toEqual([0, 1]);
  pool.leave(0);
  expect(pool.sendAll(4)).toEqual([2, 3, 1, 2]);
});

test("a newcomer waits for its turn at the end of the round", () => {
  const pool = new Pool("round-robin", [1, 1]);
  expect(pool.sendAll(1)).toEqual([0]);
  pool.join(2);
  expect(pool.sendAll(4)).toEqual([1, 2, 0, 1]);
});
