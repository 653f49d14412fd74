import { expect, test } from "vitest";
import { evenly, windowsToDraw } from "../../../src/report/charts/downsample.ts";

test("short series are drawn whole", () => {
  expect(windowsToDraw([[1, 2, 3]], 10)).toEqual([0, 1, 2]);
});

test("a spike and a dip of one window each survive in ten thousand", () => {
  const values = Array.from({ length: 10_000 }, () => 5);
  values[4321] = 99;
  values[8765] = 0;
  const drawn = windowsToDraw([values], 100);
  expect(drawn).toContain(4321);
  expect(drawn).toContain(8765);
  expect(drawn.length).toBeLessThanOrEqual(202);
});

test("each series keeps its own extremes, and gaps keep nobody", () => {
  const rising = Array.from({ length: 100 }, (_, at) => at);
  const gaps = rising.map((at) => (at === 37 ? 1 : null));
  expect(windowsToDraw([rising, gaps], 2)).toEqual([0, 37, 49, 50, 99]);
});

test("tables take rows at even steps from the first", () => {
  expect(evenly(10, 4)).toEqual([0, 3, 6, 9]);
});
