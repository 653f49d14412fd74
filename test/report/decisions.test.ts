/** What comparisons tell people: charts without complaint, pages without live text of strangers. */
import { beforeAll, expect, test } from "vitest";
import { renderComparison, comparisonTerminal } from "../../src/report/comparison.ts";
import { specification } from "../../src/report/charts/chart.ts";
import { sharpen, type Pencil } from "../../src/report/charts/draw.ts";
import { differences } from "../../src/report/charts/decisions/differences.ts";
import { pareto } from "../../src/report/charts/decisions/pareto.ts";
import { frontier } from "../../src/report/charts/decisions/frontier.ts";
import { response } from "../../src/report/charts/decisions/response.ts";
import { renderSizing, sizingTerminal } from "../../src/report/sizing.ts";
import { comparisons, HOSTILE, sized, swept } from "./decisionsSketch.ts";
import { sweepTerminal } from "../../src/report/sweep.ts";

let pencil: Pencil;
beforeAll(async () => {
  pencil = await sharpen();
});

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

test.each([
  ["one input", swept("grid", [5])],
  ["two inputs", swept("grid", [3, 4])],
  ["three inputs", swept("grid", [2, 2, 2])],
  ["a Latin hypercube", swept("latin-hypercube", [5, 2])],
])("the chart of a sweep over %s compiles", async (_, sweep) => {
  const warnings: string[] = [];
  const svg = await pencil.svg(specification(response, sweep)!, warnings);
  expect(warnings).toEqual([]);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(sweepTerminal(sweep, { colour: false, width: 100 })).toMatch(
    /cells keep every promise; the cheapest is/,
  );
});

test("a search is told with its answer, its misses, and the textbook's word", async () => {
  const sizing = sized(HOSTILE);
  const text = sizingTerminal(sizing, { colour: false, width: 100 });
  expect(text).toContain("The cheapest that keeps every promise: parts.web.slots = 2.");
  expect(text).toMatch(/1 +✗ fails +1\.50 .* 1\.4 s +-40 %/);
  expect(text).toContain("without end");
  expect(text).toMatch(/idle +99 .* 0 s +0 s/);
  expect(text.replace(/\s+/g, " ")).toContain("one thing broken at the peak, of each part and zone in turn: crash."); // prettier-ignore
  expect(text).toContain("Every promise held in 99 of 100 runs with fresh seeds");
  const warnings: string[] = [];
  expect(await pencil.svg(specification(frontier, sizing)!, warnings)).not.toMatch(/NaN|Infinity/);
  expect(warnings).toEqual([]);
  // Cheapest first.
  expect(frontier.table(sizing).rows).toEqual([
    ["1", "1.50", "1.4 s", "does not hold"],
    ["2", "2.50", "900 ms", "holds"],
  ]);
  expect((await renderSizing(sizing)).get("report.html")).not.toContain("<b>");
  const none = sizingTerminal({ ...sizing, answer: null }, { colour: false, width: 100 });
  expect(none).toContain("Nothing keeps every promise");
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

test("the front is told with who misses a promise on it, in text, picture and table", () => {
  const { two } = comparisons;
  const [base, other] = two.candidates;
  const saying = (met: readonly (boolean | null)[], onFront: readonly boolean[]) => {
    const candidates = [base!, { ...other!, name: "lean" }].map((candidate, at) => ({
      ...candidate,
      met: met[at]!,
      onFront: onFront[at]!,
    }));
    return { ...two, candidates };
  };
  const front = (comparison: typeof two) =>
    /Of cost[^]*?(?=\n\n)/.exec(comparisonTerminal(comparison, { colour: false, width: 100 }))![0]
      .replace(/\s+/g, " "); // prettier-ignore
  const rule = "no other is as good in all three and better in one.";
  const axes = "Of cost, p99 and the share of requests that fail,";
  expect(front(saying([true, false], [true, true]))).toBe(
    `${axes} base and lean are on the front: ${rule} Of those on the front, lean misses a promise.`,
  );
  expect(front(saying([true, false], [true, false]))).toBe(
    `${axes} base is on the front: ${rule} The other one is beaten.`,
  );
  expect(front(saying([false, false], [true, true]))).toMatch(/ All of them miss a promise\.$/);
  expect(front(saying([false, true], [true, false]))).toMatch(/ It misses a promise\.$/);
  const drawn = saying([null, false], [false, true]);
  // The mean of 0.9, 0.91, 0.92, 0.9 and 0.91 succeeds.
  const drawing = pareto.draw(drawn) as { data: { values: { name: string; failed: number }[] } };
  const { values } = drawing.data;
  for (const { failed } of values) expect(failed).toBeCloseTo(0.092, 9);
  expect(values).toMatchObject([
    { name: "base", front: false, missed: false },
    { name: "lean", front: true, missed: true },
  ]);
  // Who is on the front is drawn last, over the others.
  const turned = pareto.draw(saying([true, true], [true, false])) as typeof drawing;
  expect(turned.data.values.map(({ name }) => name)).toEqual(["lean", "base"]);
  const last = pareto.table(drawn).rows.map((row) => row.slice(-2));
  expect(last).toEqual([
    ["beaten", "–"],
    ["on the front", "missed"],
  ]);
});
