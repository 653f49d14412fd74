import { expect, test } from "vitest";
import { fifoHitProbabilities, lruHitProbabilities } from "../../../src/statistics/theory/index.ts";

test("three items and two places, by hand", () => {
  // Contents weigh 0.15, 0.10 and 0.06.
  const hits = fifoHitProbabilities([0.5, 0.3, 0.2], 2);
  expect(hits[0]).toBeCloseTo(25 / 31, 14);
  expect(hits[1]).toBeCloseTo(21 / 31, 14);
  expect(hits[2]).toBeCloseTo(16 / 31, 14);
});

test("the places are always full, and popular items fare worse than under LRU", () => {
  const popularities = [8, 4, 3, 2, 1, 1, 1].map((weight) => weight / 20);
  const hits = fifoHitProbabilities(popularities, 4);
  expect(hits.reduce((sum, hit) => sum + hit, 0)).toBeCloseTo(4, 13);
  expect(hits[0]).toBeLessThan(lruHitProbabilities(popularities, 4)[0]!);
});
