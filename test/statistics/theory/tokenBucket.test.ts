import { expect, test } from "vitest";
import { tokenBucketLoss } from "../../../src/statistics/theory/index.ts";

// A bucket of one token is a counter with a dead time: load / (1 + load) are lost.
test("one token loses as a counter with a dead time does", () => {
  const bucket = { arrivalRatePerSecond: 100, tokensPerSecond: 50, burst: 1 };
  expect(tokenBucketLoss(bucket)).toBeCloseTo(2 / 3, 12);
});

// M/D/1/K, in high precision elsewhere.
test.each([
  { arrivalRatePerSecond: 1.2, tokensPerSecond: 1, burst: 5, lost: 0.19914669332882 },
  { arrivalRatePerSecond: 7, tokensPerSecond: 10, burst: 3, lost: 0.0723475561226724 },
])(
  "$arrivalRatePerSecond for $tokensPerSecond tokens a second lose $lost",
  ({ lost, ...bucket }) => {
    expect(tokenBucketLoss(bucket)).toBeCloseTo(lost, 10);
  },
);
