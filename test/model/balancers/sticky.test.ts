import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { anyCall, Pool } from "../../support/pool.ts";

function visit(pool: Pool, source: number, redraws = 0): number {
  pool.call = { ...anyCall, source, redraws };
  return pool.ask();
}

test("a client stays where its first call went; new clients are balanced", () => {
  const pool = new Pool("sticky", [1, 1, 1]);
  expect([10, 11, 12, 10, 12, 11, 10].map((source) => visit(pool, source))).toEqual([
    0, 1, 2, 0, 2, 1, 0,
  ]);
});

test("a client whose backend has left is given another, and keeps that one", () => {
  const pool = new Pool("sticky", [1, 1, 1]);
  expect(visit(pool, 10)).toBe(0);
  pool.leave(0);
  expect([10, 10, 10].map((source) => visit(pool, source))).toEqual([1, 1, 1]);
  pool.join(0);
  expect(visit(pool, 10)).toBe(1);
});

test("so is one whose backend could not be used for a call", () => {
  const pool = new Pool("sticky", [1, 1]);
  expect([visit(pool, 10), visit(pool, 10, 1), visit(pool, 10)]).toEqual([0, 1, 1]);
});

test("a client that stays away longer than the lifetime is a new one", () => {
  const pool = new Pool({ kind: "sticky", lifetime: "60 s" }, [1, 1]);
  expect(visit(pool, 10)).toBe(0);
  pool.clock.now = 59 * SECOND;
  expect(visit(pool, 10)).toBe(0);
  pool.clock.now = 118 * SECOND; // 59 s after its last call
  expect(visit(pool, 10)).toBe(0);
  pool.clock.now = 178 * SECOND;
  expect(visit(pool, 10)).toBe(1);
});

test("calls of nobody are balanced one by one", () => {
  const pool = new Pool({ kind: "sticky", balancer: "least-connections" }, [1, 1]);
  pool.call = anyCall;
  expect(pool.sendAll(4)).toEqual([0, 1, 0, 1]);
});
