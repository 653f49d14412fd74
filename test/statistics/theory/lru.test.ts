import { expect, test } from "vitest";
import { lruHitProbabilities } from "../../../src/statistics/theory/index.ts";

test("a cache of one item hits when the last item comes again", () => {
  expect(lruHitProbabilities([0.5, 0.3, 0.2], 1)).toEqual([0.5, 0.3, 0.2]);
});

test("three items and two places, by hand", () => {
  // Probability that the last two different items were a and b, in either order.
  const both = (a: number, b: number) => (a * b) / (1 - a) + (b * a) / (1 - b);
  const hits = lruHitProbabilities([0.5, 0.3, 0.2], 2);
  expect(hits[0]).toBeCloseTo(both(0.5, 0.3) + both(0.5, 0.2), 14);
  expect(hits[1]).toBeCloseTo(both(0.5, 0.3) + both(0.3, 0.2), 14);
  expect(hits[2]).toBeCloseTo(both(0.5, 0.2) + both(0.3, 0.2), 14);
});

test("the places are always full", () => {
  const popularities = [8, 4, 3, 2, 1, 1, 1].map((weight) => weight / 20);
  const hits = lruHitProbabilities(popularities, 4);
  expect(hits.reduce((sum, hit) => sum + hit, 0)).toBeCloseTo(4, 13);
});

test("equally popular items are held in proportion to the places", () => {
  for (const hit of lruHitProbabilities(Array<number>(8).fill(1 / 8), 3)) {
    expect(hit).toBeCloseTo(3 / 8, 13);
  }
});
