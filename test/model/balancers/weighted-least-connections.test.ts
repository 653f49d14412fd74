import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { Pool } from "../../support/pool.ts";

const kind = "weighted-least-connections";
const [a, b] = [0, 1];

test("connections in flight count per weight, the first of equals is taken", () => {
  // 0 : 0 a, 1/2 : 0 b, 1/2 : 1 a, 2/2 : 1 equal, so a again; 3/2 : 1 b.
  expect(new Pool(kind, [2, 1]).sendAll(5)).toEqual([a, b, a, a, b]);
});

test("one active connection outweighs 256 that were closed, and no more", () => {
  const pool = new Pool(kind, [1, 1]);
  expect(pool.send()).toBe(a);
  expect(new Set(pool.askAll(256))).toEqual(new Set([b]));
  expect(pool.ask()).toBe(a);
});

test("a closed connection counts for two minutes", () => {
  const pool = new Pool(kind, [1, 1]);
  expect(pool.ask()).toBe(a); // counts until 120
  pool.clock.now = 60 * SECOND;
  expect(pool.askAll(2)).toEqual([b, a]); // closed: 2 a, 1 b
  pool.clock.now = 119 * SECOND;
  expect(pool.ask()).toBe(b); // 2, 2
  pool.clock.now = 120 * SECOND;
  expect(pool.ask()).toBe(a); // 1, 2
});

test("hundreds of closed connections are all forgotten in the end", () => {
  const pool = new Pool({ kind, "inactive-for": "10 s" }, [1, 1]);
  for (let second = 0; second < 500; second++) {
    pool.clock.now = second * SECOND;
    pool.askAll(4);
  }
  pool.clock.now = 600 * SECOND;
  expect(pool.sendAll(2)).toEqual([a, b]); // as in the beginning
});
