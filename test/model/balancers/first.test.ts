import { expect, test } from "vitest";
import { Pool } from "../../support/pool.ts";

const [a, b, c] = [0, 1, 2];

test("one backend is filled before the next gets a call, and used again as soon as it has room", () => {
  const pool = new Pool("first", [1, 1, 1]);
  pool.limits = 2;
  pool.join(3); // a change of membership, from which it learns the limits
  expect(pool.sendAll(5)).toEqual([a, a, b, b, c]);
  pool.answer(b);
  pool.answer(a);
  expect(pool.sendAll(3)).toEqual([a, b, c]);
});
