/** Forecasts: series they must get exactly right, and one step worked out by hand. */
import { expect, test } from "vitest";
import { HoltWinters, SeasonalNaive } from "../../../src/model/autoscalers/forecastArithmetic.ts";

const half = { level: 0.5, trend: 0.5, season: 0.5 };
const next = (forecaster: { forecast(ahead: number): number }, count: number) =>
  Array.from({ length: count }, (_, index) => forecaster.forecast(index + 1));

test("the naive forecast is the season before, again and again", () => {
  const naive = new SeasonalNaive([9, 9, 9, 1, 2, 3], 3);
  expect(next(naive, 5)).toEqual([1, 2, 3, 1, 2]);
  naive.update(7);
  expect(next(naive, 4)).toEqual([2, 3, 7, 2]);
});

test("a line with a season is forecast exactly, whatever the weights", () => {
  const series = (index: number) => 100 + 2 * index + [5, -8, 3, 0][index % 4]!;
  const history = Array.from({ length: 16 }, (_, index) => series(index));
  const forecaster = new HoltWinters(history, 4, { level: 0.3, trend: 0.1, season: 0.7 });
  next(forecaster, 8).forEach((value, index) => expect(value).toBeCloseTo(series(16 + index), 9));
});

test("one surprise is shared out between level, trend and season by the weights", () => {
  // 1 3 3 5 is the line 1.5 + t with a season of ∓0.5: level 4.5, trend 1. Then 8 instead of 5:
  // level (8.5 + 5.5) / 2 = 7, trend (2.5 + 1) / 2 = 1.75, season (2.5 - 0.5) / 2 = 1.
  const forecaster = new HoltWinters([1, 3, 3, 5], 2, half);
  expect(next(forecaster, 2)).toEqual([5, 7]);
  forecaster.update(8);
  expect(next(forecaster, 2)).toEqual([9.25, 11.5]);
});

test("a forecast is never negative", () => {
  const falling = new HoltWinters([8, 8, 4, 4], 2, half);
  expect(falling.forecast(40)).toBe(0);
});
