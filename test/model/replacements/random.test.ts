import { expect, test } from "vitest";
import { fits } from "../../support/chiSquare.ts";
import { Kept } from "../../support/kept.ts";

test("every item is as likely to make room as any other", () => {
  const evicted = [0, 0, 0, 0, 0];
  for (let round = 0; round < 5_000; round++) {
    const cache = new Kept("random", 5, `round ${round}`);
    for (const key of [0, 1, 2, 3, 4]) cache.insert(key);
    evicted[cache.insert(5)]!++;
  }
  expect(fits(evicted, [0.2, 0.2, 0.2, 0.2, 0.2])).toBe(true);
});
