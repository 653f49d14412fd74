import { expect, test } from "vitest";
import * as units from "../../src/report/units.ts";

test("durations take the unit in which they have one to three digits before the point", () => {
  expect(
    [0, 850e-9, 12.3e-6, 0.083, 0.9996, 1.24, 60, 95, 2400, 5400, 3661].map(units.duration),
  ).toEqual([
    "0 s",
    "850 ns",
    "12.3 µs",
    "83.0 ms",
    "1 s",
    "1.24 s",
    "1 min",
    "95 s",
    "40 min",
    "1 h 30 min",
    "1 h 1 min 1 s",
  ]);
});

test("rates and large counts are cut to three digits", () => {
  expect([0, 0.25, 812, 999.6, 24_000, 45_210_332].map(units.rate)).toEqual([
    "0/s",
    "0.250/s",
    "812/s",
    "1.00k/s",
    "24.0k/s",
    "45.2M/s",
  ]);
  expect(units.count(45_210_332)).toBe("45,210,332");
});

test("a share shows as many nines as tell it from perfection, and is never rounded up to it", () => {
  expect(units.percent(0.99953)).toBe("99.953 %");
  expect(units.percent(0.9999612)).toBe("99.9961 %");
  expect(units.percent(0.632)).toBe("63.2 %");
  expect(units.percent(1 - 1e-12)).toMatch(/^99\.9+ %$/);
  expect(units.percent(1)).toBe("100 %");
  expect(units.percent(0.00041)).toBe("0.041 %");
  expect(units.percent(0)).toBe("0 %");
});

test("what was promised is shown without digits that nobody wrote", () => {
  expect([0.9995, 0.999, 0.95, 1].map(units.promised)).toEqual([
    "99.95 %",
    "99.9 %",
    "95 %",
    "100 %",
  ]);
});

test("money keeps cents, or two digits when it is less than ten of them", () => {
  expect(units.money("12.3400", "USD")).toBe("12.34 USD");
  expect(units.money("1234567.891", "EUR")).toBe("1,234,567.89 EUR");
  expect(units.money("0.0004512", "USD")).toBe("0.00045 USD");
  expect(["0.1450", "1.0380", "0.3400", "2.00"].map(units.price)).toEqual([
    "0.145",
    "1.038",
    "0.34",
    "2.00",
  ]);
});

test("what does not exist is a dash in every unit", () => {
  const { duration, rate, count, percent, compact } = units;
  expect([duration, rate, count, percent, compact].map((words) => words(null))).toEqual(
    Array(5).fill("–"),
  );
  expect(units.money(null, "USD")).toBe("–");
});
