import { expect, test } from "vitest";
import {
  ttlCoalesced,
  ttlFromInsertion,
  ttlFromLastUse,
} from "../../../src/statistics/theory/index.ts";

test("an item asked for twice a second and kept for 5 s misses once in eleven", () => {
  expect(ttlFromInsertion({ requestRatePerSecond: 2, ttlSeconds: 5 })).toBeCloseTo(10 / 11, 14);
});

test("renewed at each use, it misses only after a gap longer than its life", () => {
  const item = { requestRatePerSecond: 0.2, ttlSeconds: 5 };
  expect(ttlFromLastUse(item)).toBeCloseTo(1 - Math.exp(-1), 14);
});

test("while it is fetched for half a second, one more request joins the wait", () => {
  // A cycle: the miss, 1 request during the fetch, 10 during its life.
  const shares = ttlCoalesced({ requestRatePerSecond: 2, ttlSeconds: 5, fetchSeconds: 0.5 });
  expect(shares.hit).toBeCloseTo(10 / 12, 14);
  expect(shares.coalesced).toBeCloseTo(1 / 12, 14);
});
