import { expect, test } from "vitest";
import { erlangB, extendedErlangB, retrialAttempts } from "../../../src/statistics/theory/index.ts";

// Falin and Templeton: an orbit of 0.36 · 1.5 / (0.4 · 0.5) = 2.7, that tries 2.7 · 0.5 times a second.
test("a server at 60 % is tried 3.25 times for each request", () => {
  const rates = { arrivalRatePerSecond: 0.6, serviceRatePerSecond: 1, retryRatePerSecond: 0.5 };
  expect(retrialAttempts(rates)).toBeCloseTo(1 + 1.35 / 0.6, 12);
});

// A published traffic calculator: 186.877 erlang on 200 lines, 70 % of the lost call again, lose 3 %.
test("extended Erlang B is the calculator's", () => {
  const load = { offeredErlang: 186.877, servers: 200, recallShare: 0.7 };
  expect(extendedErlangB(load)).toBeCloseTo(0.03, 5);
  expect(extendedErlangB({ ...load, recallShare: 0 })).toBeCloseTo(erlangB(load), 12);
});
