/** What comparisons tell people: charts without complaint, pages without live text of strangers. */
import { beforeAll, expect, test } from "vitest";
import { compare } from "../../src/experiment/compare.ts";
import { renderComparison, comparisonTerminal } from "../../src/report/comparison.ts";
import { specification } from "../../src/report/charts/chart.ts";
import { sharpen, type Pencil } from "../../src/report/charts/draw.ts";
import { differences } from "../../src/report/charts/decisions/differences.ts";
import { pareto } from "../../src/report/charts/decisions/pareto.ts";
import { grid } from "../../src/experiment/axes.ts";
import { sweepSchema, type Sweep } from "../../src/experiment/sweepResult.ts";
import { frontier } from "../../src/report/charts/decisions/frontier.ts";
import { response } from "../../src/report/charts/decisions/response.ts";
import type { Sizing } from "../../src/experiment/sizing.ts";
import { renderSizing, sizingTerminal } from "../../src/report/sizing.ts";
import { sweepTerminal } from "../../src/report/sweep.ts";
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

/** A sweep over inputs with so many values each, every cell with three numbers. */
function swept(design: "grid" | "latin-hypercube", sizes: readonly number[]): Sweep {
  const axes = sizes.map((size, axis) => ({
    path: `parts.web.input${axis}`,
    values: Array.from({ length: size }, (_, at) => String(at + 1)),
  }));
  const points = grid(axes);
  return sweepSchema.parse({
    ...{ format: "loadstar/sweep", version: "1.0", engine: "0.1.0", runId: "a", fingerprint: "b" },
    ...{ title: HOSTILE, scenario: "night", variant: null, seed: "1", replications: 2 },
    ...{ confidence: 0.95, design, axes, sensitivity: [], warnings: [] },
    cells: points.map((values, index) => ({
      ...{ index, values, stopped: null, met: index > 2 },
      estimates: [
        {
          metric: "availability",
          of: null,
          unit: "share",
          mean: 0.9 + index / 1000,
          halfWidth: 0.01,
        },
        { metric: "p99", of: null, unit: "s", mean: 1 / (index + 1), halfWidth: null },
        { metric: "cost", of: null, unit: "USD", mean: index + 1, halfWidth: 0 },
      ],
    })),
  });
}

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
  const judged = {
    name: "p99 of all requests below 1 s",
    kind: "latency",
    target: 1,
    mean: 0.8,
  } as const;
  const trial = (values: string[], bound: number) => ({
    ...{
      values,
      replications: 5,
      cost: 1.5,
      stopped: null,
      binding: judged.name,
      margin: 1 - bound,
    },
    objectives: [{ ...judged, bound, margin: 1 - bound, verdict: "holds" as const }],
    verdict: bound < 1 ? ("holds" as const) : ("fails" as const),
  });
  const sizing: Sizing = {
    ...{ format: "loadstar/sizing", version: "1.0", engine: "0.1.0", runId: "a", fingerprint: "b" },
    ...{ title: HOSTILE, scenario: "night", variant: null, seed: "1", confidence: 0.95 },
    ...{ goal: "cheapest", knobs: [{ path: "parts.web.slots", values: ["1", "2"] }], warnings: [] },
    answer: trial(["2"], 0.9),
    confirmation: trial(["2"], 0.95),
    drills: ["crash"],
    fresh: { kept: 99, of: 100, missChance: { low: 0.0003, high: 0.054 } },
    trials: [trial(["2"], 0.9), trial(["1"], 1.4)],
    analytic: [
      {
        ...{ part: HOSTILE, servers: 2, offeredErlang: 2.5, utilisation: 1.25 },
        ...{ simulatedUtilisation: 1, waitingSeconds: null, simulatedWaitingSeconds: 9 },
      },
    ],
  };
  const text = sizingTerminal(sizing, { colour: false, width: 100 });
  expect(text).toContain("The cheapest that keeps every promise: parts.web.slots = 2.");
  expect(text).toMatch(/1 +✗ fails +1\.50 .* 1\.4 s +-40 %/);
  expect(text).toContain("without end");
  expect(text.replace(/\s+/g, " ")).toContain("one thing broken at the peak, of each part and zone in turn: crash."); // prettier-ignore
  expect(text).toContain("Every promise held in 99 of 100 runs with fresh seeds");
  const warnings: string[] = [];
  expect(await pencil.svg(specification(frontier, sizing)!, warnings)).not.toMatch(/NaN|Infinity/);
  expect(warnings).toEqual([]);
  expect(frontier.table(sizing).rows.map((row) => row.slice(2))).toEqual([
    ["900 ms", "holds"],
    ["1.4 s", "does not hold"],
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
