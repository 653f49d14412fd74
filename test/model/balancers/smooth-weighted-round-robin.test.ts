import { expect, test } from "vitest";
import { Pool } from "../../support/pool.ts";

const kind = "smooth-weighted-round-robin";
const [a, b, c] = [0, 1, 2];

test("weights 5, 1, 1 give a a b a c a a, as the nginx source says", () => {
  const round = [a, a, b, a, c, a, a];
  expect(new Pool(kind, [5, 1, 1]).sendAll(14)).toEqual([...round, ...round]);
});

test("equal weights take turns", () => {
  expect(new Pool(kind, [2, 2, 2]).sendAll(6)).toEqual([a, b, c, a, b, c]);
});

test("whoever stays keeps what it earned when another leaves", () => {
  const pool = new Pool(kind, [5, 1, 1]);
  expect(pool.sendAll(2)).toEqual([a, a]);
  // Earned so far: a -4, b 2, c 2. Without c, the total is 6:
  //  a   1  6  5  4  3  2  1
  //  b   3 -2 -1  0  1  2  3     the richer is chosen (a at 2 : 2) and pays 6
  pool.leave(c);
  expect(pool.sendAll(7)).toEqual([b, a, a, a, a, a, b]);
});

test("a newcomer starts with nothing", () => {
  const pool = new Pool(kind, [1, 1]);
  expect(pool.sendAll(1)).toEqual([a]);
  // Earned: a -1, b 1, c 0. Total 3, so: 0 2 1 -> b; 1 0 2 -> c; 2 1 0 -> a.
  pool.join(c);
  expect(pool.sendAll(3)).toEqual([b, c, a]);
});

test("a new weight counts from the next choice", () => {
  const pool = new Pool(kind, [1, 1]);
  expect(pool.sendAll(2)).toEqual([a, b]);
  // Nothing owed. Weights 3 and 1: 3 1 -> a; 2 2 -> a; 1 3 -> b; 4 0 -> a.
  pool.reweigh(a, 3);
  expect(pool.sendAll(4)).toEqual([a, a, b, a]);
});
