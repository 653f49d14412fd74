import { expect, test } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../../src/kernel/time.ts";
import { expectedUnder } from "../../../src/model/rates/expected.ts";
import { rates, rateSchema } from "../../../src/model/rates/index.ts";
import type { Curve } from "../../../src/model/rates/rate.ts";
import { make } from "../../../src/schema/definition.ts";
import { contains, studentInterval } from "../../../src/statistics/intervals.ts";
import { arrivalsContext } from "../../support/arrivals.ts";

const curveOf = (written: unknown, duration = 1 * MINUTE, seed = "shapes"): Curve =>
  make(rates, rateSchema.parse(written), arrivalsContext(seed, duration));

const at = (curve: Curve, times: readonly number[]) =>
  times.map((time) => Number(curve.at(time * SECOND).toFixed(6)));

test("a step holds the rate of the point before, and jumps", () => {
  const points = [["0 s", "4 rps"], ["10 s", "0 rps"], ["30 s", "8 rps"]]; // prettier-ignore
  const curve = curveOf({ kind: "profile", interpolation: "step", points });
  expect(at(curve, [0, 9.9, 10, 29.9, 30, 99])).toEqual([4, 4, 0, 0, 8, 8]);
  expect(curve.advance(0, 41)).toBe(30.125 * SECOND);
});

test("a sum has the rates of its members added, jumps and all", () => {
  const curve = curveOf({
    kind: "sum",
    of: [
      "10 rps",
      { kind: "profile", points: [["10 s", "0 rps"], ["20 s", "30 rps"]] },
      { kind: "profile", points: [["15 s", "0 rps"], ["15 s", "7 rps"]] },
    ],
  }); // prettier-ignore
  expect(at(curve, [5, 12, 14.999999, 15, 40])).toEqual([10, 16, 24.999997, 32, 47]);
  // To 15 s: 150 + a triangle of 15 · 5 / 2.
  expect(curve.advance(0, 187.5)).toBeCloseTo(15 * SECOND, 3);
});

test("a product multiplies, also where both change", () => {
  const rate = { kind: "profile", points: [["0 s", "0 rps"], ["60 s", "60 rps"]] }; // prettier-ignore
  const curve = curveOf({ kind: "product", rate, points: [["0 s", 0], ["60 s", 2]] }); // prettier-ignore
  // t · t / 30, whose area to 60 s is 60³ / 90; chords of 60 ms lie above it by at most 0.03.
  for (const time of [3.01, 30, 55.55])
    expect(Math.abs(curve.at(time * SECOND) - time ** 2 / 30)).toBeLessThan(0.001);
  expect(Math.abs(expectedUnder(curve, 1 * MINUTE) - 2400)).toBeLessThan(3);
});

test("a day rises from its trough to its peak and falls again, each day by its factor", () => {
  const days = [1, 1, 2, 1, 1, 1, 1];
  const week = { kind: "daily", peak: "1000 rps", trough: "20 %", days };
  const curve = curveOf(week, 72 * HOUR);
  // Monday at 20 h, 8 h, 14 h; Tuesday and Wednesday at 20 h.
  expect(at(curve, [20, 8, 14, 44, 68].map((hour) => hour * 3600))).toEqual(
    [1000, 200, 600, 1000, 2000],
  ); // prettier-ignore
  const midnight = 48 * 3600;
  const [before, after] = at(curve, [midnight - 1e-6, midnight]);
  expect(after! / before!).toBeCloseTo(2, 6);
  // Without factors a day brings its mean of 600 a second.
  const plain = curveOf({ kind: "daily", peak: "1000 rps", trough: "20 %" }, 24 * HOUR);
  expect(Math.abs(expectedUnder(plain, 24 * HOUR) / (600 * 86_400) - 1)).toBeLessThan(0.001);
});

test("a run may begin anywhere in the week", () => {
  const shape = { kind: "daily", peak: "1000 rps", trough: "20 %" };
  const later = curveOf({ ...shape, begin: "1d18h7min" }, 3 * HOUR);
  const week = curveOf(shape, 72 * HOUR);
  for (const time of [0, 60, 3600, 7200])
    expect(later.at(time * SECOND)).toBeCloseTo(week.at((42 * 3600 + 420 + time) * SECOND), 6);
});

test("a flash sale: base, rush, ramp, plateau, then a fall by the power of the time since", () => {
  const curve = curveOf(
    {
      kind: "flash-sale", at: "100 s", base: "100 rps", peak: "1100 rps",
      ramp: "20 s", plateau: "80 s", exponent: 2, waiting: 500, rush: "2 s",
    },
    20 * MINUTE,
  ); // prettier-ignore
  expect(at(curve, [0, 99, 101, 110, 120, 199])).toEqual([100, 100, 400, 600, 1100, 1100]);
  // 100 s after the opening the plateau ends: 100 + 1000 · (100 / since)²; chords lie a little above.
  for (const since of [150, 300, 1000]) {
    const exact = 1000 * (100 / since) ** 2;
    expect(Math.abs(curve.at((100 + since) * SECOND) - 100 - exact)).toBeLessThan(0.001 * exact);
  }
});

test("the usual fall of a flash sale brings what Double 11 of 2018 sold, phase by phase", () => {
  const curve = curveOf({ kind: "flash-sale", at: "0 s", peak: "35 rps" }, 2 * HOUR);
  // Published: 1, 10 and 100 bn yuan after 21, 125 and 6457 s; so 9 to 90 of plateau and fall.
  const until = (seconds: number) => expectedUnder(curve, seconds * SECOND);
  const ratio = (until(6457) - until(125)) / (until(125) - until(21));
  expect(Math.abs(ratio - 10)).toBeLessThan(0.5);
});

test("noise is a factor with mean 1 and the cv asked for, new in every stretch and run", () => {
  const noisy = { kind: "noisy", rate: "100 rps", cv: 0.3, every: "1 s" };
  const drawn = Array.from({ length: 100 }, (_, run) =>
    curveOf(noisy, 10 * SECOND, `noise/${run}`),
  );
  const factors = drawn.flatMap((curve) =>
    Array.from({ length: 10 }, (_, second) => curve.at((second + 0.5) * SECOND) / 100),
  );
  expect(new Set(factors).size).toBe(1000);
  expect(contains(studentInterval(factors, 0.999), 1)).toBe(true);
  const squares = factors.map((factor) => (factor - 1) ** 2);
  expect(contains(studentInterval(squares, 0.999), 0.09)).toBe(true);
});
