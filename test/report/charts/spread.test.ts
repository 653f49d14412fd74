import { expect, test } from "vitest";
import { spread } from "../../../src/report/charts/spread.ts";
import { sampleResult } from "../sample.ts";

/** Three windows of ten seconds; `counts` by row of latency. */
function kept(bounds: number[], counts: number[][]) {
  const result = sampleResult({ clock: null });
  result.windows.start = [0, 10, 20];
  result.run.duration = 30;
  result.windows.spread = { bounds, counts };
  return result;
}

function cells(result: ReturnType<typeof kept>): unknown[] {
  const { layer } = spread.draw(result) as { layer: { data: { values: unknown[] } }[] };
  return layer[0]!.data.values;
}

test("a cell is shaded by its share of the moment, and neighbours of one shade are one", () => {
  const result = kept(
    [0.01, 0.1, 1],
    [
      [90, 900, 0],
      [10, 100, 0],
    ],
  );
  expect(cells(result)).toEqual([
    { t: 0, end: 20, low: 0.01, high: 0.1, shade: "30 %" },
    { t: 0, end: 20, low: 0.1, high: 1, shade: "10 %" },
  ]);
});

test("answers that took no time share one row under the others", () => {
  const result = kept(
    [1e-9, 1e-3, 2e-3],
    [
      [50, 50, 50],
      [50, 50, 50],
    ],
  );
  expect(cells(result)).toMatchObject([{ high: 1e-3 }, { low: 1e-3, high: 2e-3 }]);
  expect(spread.describe(result)).toContain("took less than 1.00 ms (50.0 % of all)");
});
