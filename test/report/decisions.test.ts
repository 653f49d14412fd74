/** What comparisons tell people: charts without complaint, pages without live text of strangers. */
import { beforeAll, expect, test } from "vitest";
import { compare } from "../../src/experiment/compare.ts";
import { renderComparison, comparisonTerminal } from "../../src/report/comparison.ts";
import { specification } from "../../src/report/charts/chart.ts";
import { sharpen, type Pencil } from "../../src/report/charts/draw.ts";
import { differences } from "../../src/report/charts/decisions/differences.ts";
import { pareto } from "../../src/report/charts/decisions/pareto.ts";
import { sampleResult } from "./sample.ts";

let pencil: Pencil;
beforeAll(async () => {
  pencil = await sharpen();
});

const HOSTILE = "<b>=1+1|</b>";

/** Results with prices and three numbers each. */
function priced(name: string, shift: number) {
  const values = (mean: number) => [0, 1, 2, 3, 4].map((run) => mean + (run % 3) * 0.01);
  const samples = [
    { metric: "availability", of: null, unit: "share", values: values(0.9) },
    { metric: "p99", of: null, unit: "s", values: values(0.4 + shift) },
    { metric: "p99", of: HOSTILE, unit: "s", values: values(0.5) },
    { metric: "cost", of: null, unit: "USD", values: values(2 - shift) },
  ];
  return { name, result: { ...sampleResult({ title: HOSTILE, replications: 5 }), samples } };
}

const comparisons = {
  two: compare([priced("base", 0), priced(HOSTILE, 0.2)], 0.95),
  three: compare([priced("base", 0), priced("a", 0.2), priced("b", -0.1)], 0.95),
};

test.each(Object.entries(comparisons))("charts of %s candidates compile", async (_, comparison) => {
  for (const chart of [differences, pareto]) {
    const warnings: string[] = [];
    const svg = await pencil.svg(specification(chart, comparison)!, warnings);
    expect(warnings).toEqual([]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|<b>/);
    const { columns, rows } = chart.table(comparison);
    for (const row of rows) expect(row).toHaveLength(columns.length);
  }
});

test("names of strangers are text on the page, in Markdown, and in the sheet", async () => {
  const files = await renderComparison(comparisons.two);
  expect(files.get("report.html")).not.toContain("<b>");
  expect(files.get("report.html")).toContain("&lt;b&gt;");
  expect(files.get("summary.md")).not.toMatch(/<b>|=1\+1\|/);
  expect(files.get("data/differences.csv")).not.toMatch(/^[=+@]/m);
});

test("a terminal is told every real difference, in lines that fit", () => {
  const text = comparisonTerminal(comparisons.three, { colour: false, width: 100 });
  expect(text).toMatch(/p99 +a +400 ms|p99 +a/);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
});
