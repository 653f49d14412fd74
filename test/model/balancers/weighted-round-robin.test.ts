import { expect, test } from "vitest";
import { Pool } from "../../support/pool.ts";

const kind = "weighted-round-robin";
const sequence = (weights: readonly number[], calls: number) =>
  new Pool(kind, weights)
    .askAll(calls)
    .map((id) => "abc"[id])
    .join("");

// The threshold falls 4 3 2 1, then 5 4 3 2 1, then 5 3 1: each pass takes who weighs as much.
test.each([
  [[4, 3, 2], "aababcabc"],
  [[5, 1, 1], "aaaaabc"],
  [[6, 4, 2], "aababc"],
  [[1, 1, 1], "abc"],
])("weights %o give %s, again and again", (weights, round) => {
  expect(sequence(weights, 3 * round.length)).toBe(round.repeat(3));
});
