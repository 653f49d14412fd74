import { expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import { Pool } from "../../support/pool.ts";

const [a, b] = [0, 1];

/** Two backends, so that both are always drawn; they have answered in so many milliseconds. */
function pair(first: number, second: number): Pool {
  const pool = new Pool("peak-ewma", [1, 1]);
  expect(pool.sendAll(2).sort()).toEqual([a, b]); // whoever has calls and no answer yet is dearer
  pool.answer(a, first * MILLISECOND);
  pool.answer(b, second * MILLISECOND);
  return pool;
}

test("calls in flight count times the answer time", () => {
  // b costs 10, 20, … 90 ms before it has nine calls, a costs 95.
  const pool = pair(95, 10);
  expect(new Set(pool.sendAll(9))).toEqual(new Set([b]));
  expect(pool.send()).toBe(a);
});

test("one slow answer is believed at once", () => {
  const pool = pair(15, 10);
  pool.send();
  pool.answer(b, 195 * MILLISECOND);
  expect(new Set(pool.sendAll(12))).toEqual(new Set([a])); // 15 to 180 ms
  expect(pool.send()).toBe(b);
});

test("and is forgotten with time: after the decay time 36.8 % of it is left", () => {
  const pool = pair(1000, 10);
  pool.clock.now = 10 * SECOND;
  expect(pool.send()).toBe(b);
  pool.answer(b, 100 * MILLISECOND); // 10/e, and up to 100 at once
  // a costs 1000/e = 368 ms: b gets three calls, at 100, 200 and 300 ms.
  expect(pool.sendAll(4)).toEqual([b, b, b, a]);
});
