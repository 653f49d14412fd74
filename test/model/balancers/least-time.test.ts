import { expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import { Pool } from "../../support/pool.ts";

const [a, b] = [0, 1];

/** Two backends that have answered one call each, in so many milliseconds. */
function pair(first: number, second: number, good = true): Pool {
  const pool = new Pool("least-time", [1, 1]);
  pool.clock.now = 100 * SECOND;
  pool.join(2);
  pool.leave(2);
  expect(pool.sendAll(2)).toEqual([a, b]);
  pool.answer(a, first * MILLISECOND, good);
  pool.answer(b, second * MILLISECOND, good);
  return pool;
}

/** Calls the second backend gets before the first gets one; as many as it takes. */
function lead(pool: Pool): number {
  for (let calls = 0; ; calls++) if (pool.send() === a) return calls;
}

test("the slower backend waits until the faster has as many times its calls", () => {
  // 100 ms count as 120, 30 ms as 40. With 0, 1, 2 calls b scores 40, 80, 120; at 120 they are
  // equal, and b, which has earned a turn while a had the first, goes once more.
  expect(lead(pair(100, 30))).toBe(3);
});

test("times within the same 20 ms are equal, and then turns decide", () => {
  expect(pair(21, 39).askAll(4)).toEqual([b, a, b, a]);
});

test("a new answer counts a twentieth", () => {
  const pool = pair(100, 30);
  expect(pool.send()).toBe(b);
  pool.answer(b, 500 * MILLISECOND); // (19 × 30 + 500) / 20 = 53, which counts as 60
  expect(lead(pool)).toBe(2); // b: 60, then 120 against 120
});

test("only good answers count", () => {
  expect(pair(5000, 30, false).askAll(4)).toEqual([b, a, b, a]);
});

test("beyond five seconds all are equally slow", () => {
  expect(pair(9000, 6000).askAll(4)).toEqual([b, a, b, a]);
});

test("a backend without calls counts as twice as fast every eleven seconds", () => {
  const pool = pair(100, 30);
  pool.clock.now = 111 * SECOND; // a: 50, as 60; b: 15, as 20
  expect(lead(pool)).toBe(1); // b is looked after now, so it is 30 again: 80 against 60
});
