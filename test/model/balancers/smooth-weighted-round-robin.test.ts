import { describe, expect, test } from "vitest";
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

describe("where nginx's passive check watches", () => {
  test("a failure costs weight / max_fails, and each choice gives 1 back", () => {
    const pool = new Pool(kind, [4, 2]);
    expect(pool.sendAll(1)).toEqual([a]); // 4 2 of 6, then -2 2
    pool.fail(a, 2);
    // a's weight      2      3      4      4      4      4      4
    // earned: a       0      3      2      6      4      2      6
    //         b       4      2      4      0      2      4      0
    // total           4      5      6      6      6      6      6
    expect(pool.sendAll(7)).toEqual([b, a, b, a, a, b, a]);
  });

  test("a weight cannot fall below nothing, and one that is less than max_fails does not fall", () => {
    const pool = new Pool(kind, [3, 1]);
    for (let failure = 0; failure < 3; failure++) pool.fail(a, 2); // 3 // 2 = 1 each: 2, 1, 0
    for (let failure = 0; failure < 2; failure++) pool.fail(a, 2);
    pool.fail(b, 2);
    // a's weight 0 1 2 3 3, earned: a 0 1 0 3 2   b 1 1 2 0 1   (a at 1 : 1, being the first)
    expect(pool.sendAll(5)).toEqual([b, a, b, a, a]);
  });

  test("whoever was left alone comes back with what it had earned and what is left of its weight", () => {
    const pool = new Pool(kind, [1, 1]);
    expect(pool.sendAll(1)).toEqual([a]); // -1 1
    pool.fail(a, 1);
    pool.leave(a);
    expect(pool.sendAll(3)).toEqual([b, b, b]); // b stays at 1
    pool.fail(a, 1); // another call that was still out
    pool.join(a); // behind b now
    // a's weight 0 1 1 1, earned: b 2 2 1 0   a -1 0 1 2
    expect(pool.sendAll(4)).toEqual([b, b, b, a]);
  });

  test("one that comes back after it had left for good is new", () => {
    const pool = new Pool(kind, [1, 1]);
    expect(pool.sendAll(1)).toEqual([a]);
    pool.fail(a, 1);
    pool.retire(a);
    pool.join(a);
    expect(pool.sendAll(2)).toEqual([b, a]); // b 1, a 0: 2 1, then 1 2
  });
});
