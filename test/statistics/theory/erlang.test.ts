import { describe, expect, test } from "vitest";
import { erlangB, erlangC } from "../../../src/statistics/theory/index.ts";

describe("Erlang B", () => {
  test("by hand: 1 erlang at one server loses a half, 2 at two lose two in five", () => {
    expect(erlangB({ offeredErlang: 1, servers: 1 })).toBe(1 / 2);
    expect(erlangB({ offeredErlang: 2, servers: 2 })).toBeCloseTo(2 / 5, 15);
  });

  // Loads that 1 % blocking allows, from the traffic tables printed since Erlang.
  test.each([
    [5, 1.361],
    [10, 4.461],
    [20, 12.03],
    [100, 84.06],
  ])("with %d servers loses 1 % of %d erlang, as the tables say", (servers, offeredErlang) => {
    expect(erlangB({ offeredErlang, servers })).toBeCloseTo(0.01, 4);
  });

  test("does not overflow with ten thousand servers", () => {
    const blocking = erlangB({ offeredErlang: 10_000, servers: 10_000 });
    // Near √(2 / (π n)) when the load equals the servers.
    expect(blocking * Math.sqrt((Math.PI * 10_000) / 2)).toBeCloseTo(1, 1);
  });
});

describe("Erlang C", () => {
  test("of one server is its utilisation, of two 2ρ² / (1 + ρ)", () => {
    expect(erlangC({ offeredErlang: 0.7, servers: 1 })).toBeCloseTo(0.7, 14);
    expect(erlangC({ offeredErlang: 1.5, servers: 2 })).toBeCloseTo(9 / 14, 14);
  });

  test("makes everybody wait when there are too few servers", () => {
    expect(erlangC({ offeredErlang: 5, servers: 5 })).toBe(1);
  });

  test("staffs 100 erlang with 111 servers for at most one wait in five", () => {
    expect(erlangC({ offeredErlang: 100, servers: 111 })).toBeLessThanOrEqual(0.2);
    expect(erlangC({ offeredErlang: 100, servers: 110 })).toBeGreaterThan(0.2);
  });
});
