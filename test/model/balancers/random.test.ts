import { expect, test } from "vitest";
import { fits } from "../../support/chiSquare.ts";
import { Pool, tally } from "../../support/pool.ts";

test("backends are drawn in proportion to weight", () => {
  const calls = tally(new Pool("random", [1, 2, 7]).sendAll(20_000), 3);
  expect(fits(calls, [0.1, 0.2, 0.7])).toBe(true);
});

test("one choice says nothing about the next", () => {
  const calls = new Pool("random", [1, 1, 1]).sendAll(20_000);
  const pairs = calls.slice(1).map((id, index) => 3 * calls[index]! + id);
  expect(fits(tally(pairs, 9), new Array<number>(9).fill(1 / 9))).toBe(true);
});
