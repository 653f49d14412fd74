import { describe, expect, test } from "vitest";
import {
  cheFifo,
  cheLru,
  fifoHitProbabilities,
  lruHitProbabilities,
} from "../../../src/statistics/theory/index.ts";

function zipf(items: number, exponent: number): number[] {
  const weights = Array.from({ length: items }, (_, rank) => (rank + 1) ** -exponent);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function hitRatio(popularities: readonly number[], hits: readonly number[]): number {
  return popularities.reduce((sum, popularity, item) => sum + popularity * hits[item]!, 0);
}

describe("Che's approximation", () => {
  test("is exact for equally popular items", () => {
    const popularities = zipf(1000, 0);
    expect(cheLru(popularities, 250)[0]).toBeCloseTo(0.25, 12);
    expect(cheFifo(popularities, 250)[0]).toBeCloseTo(0.25, 12);
  });

  test("is within a percent or two of the exact law even for ten items", () => {
    const popularities = zipf(10, 0.8);
    const near = (found: readonly number[], exact: readonly number[]) =>
      Math.abs(hitRatio(popularities, found) / hitRatio(popularities, exact) - 1);
    expect(near(cheLru(popularities, 4), lruHitProbabilities(popularities, 4))).toBeLessThan(0.02);
    expect(near(cheFifo(popularities, 4), fifoHitProbabilities(popularities, 4))).toBeLessThan(
      0.02,
    );
  });

  test("solves its equation: the expected number of items held is the capacity", () => {
    const popularities = zipf(10_000, 0.8);
    for (const approximation of [cheLru, cheFifo]) {
      const held = approximation(popularities, 1000).reduce((sum, hit) => sum + hit, 0);
      expect(held).toBeCloseTo(1000, 8);
    }
  });

  test("gives 43.7 % for LRU and 39.4 % for FIFO: 1,000 of 10,000 items, exponent 0.8", () => {
    const popularities = zipf(10_000, 0.8);
    expect(hitRatio(popularities, cheLru(popularities, 1000))).toBeCloseTo(0.43666, 5);
    expect(hitRatio(popularities, cheFifo(popularities, 1000))).toBeCloseTo(0.39418, 5);
  });
});
