import { expect, test } from "vitest";
import { Pool } from "../../support/pool.ts";

const [a, b] = [0, 1];

test("nobody is idle before anybody queues, whatever the weights", () => {
  // b is idle, so it is next; then (n + 1) / 3 of a against 2 of b: n = 1 … 5 go to a.
  expect(new Pool("never-queue", [3, 1]).sendAll(8)).toEqual([a, b, a, a, a, a, a, b]);
});

test("of the idle ones the first is taken", () => {
  const pool = new Pool("never-queue", [1, 1, 1]);
  pool.sendAll(3);
  pool.answer(b);
  pool.answer(a);
  expect(pool.sendAll(2)).toEqual([a, b]);
});
