/** What every chart must do: compile without a complaint, draw the same twice, say what it shows. */
import { beforeAll, describe, expect, test } from "vitest";
import { specification } from "../../../src/report/charts/chart.ts";
import { sharpen, type Pencil } from "../../../src/report/charts/draw.ts";
import { charts } from "../../../src/report/charts/index.ts";
import { typeface } from "../../../src/report/charts/font.ts";
import { sampleResult } from "../sample.ts";
import type { Result } from "../../../src/experiment/result.ts";

let pencil: Pencil;
beforeAll(async () => {
  pencil = await sharpen();
}, 60_000);

const samples: Record<string, Result> = {
  "with a clock": sampleResult(),
  "without a clock, of one replication": sampleResult({ clock: null, replications: 1 }),
  "with a name that means something to HTML": sampleResult({ hostileName: "<b>\"a\" & 'b'</b>" }),
  "in which nothing happened": quiet(),
};

describe.each([...charts])("chart $name", (chart) => {
  test.each(Object.entries(samples))(
    "compiles without a warning for a result %s",
    async (_, result) => {
      const warnings: string[] = [];
      const spec = specification(chart, result);
      const svg = spec ? await pencil.svg(spec, warnings) : "";
      expect(warnings).toEqual([]);
      expect(svg).not.toMatch(/NaN|Infinity|undefined|<b>/);
    },
  );

  test("draws the same twice, with no number longer than three decimals", async () => {
    const spec = specification(chart, sampleResult())!;
    const svg = await pencil.svg(spec);
    expect(await pencil.svg(spec)).toBe(svg);
    expect(svg.match(/<[^>]*>/g)!.join("")).not.toMatch(/\d\.\d{4}/);
  });

  test("says what it shows in a sentence and in rows as long as its heading", () => {
    expect(chart.describe(sampleResult())).toMatch(/\.$/);
    const { columns, rows } = chart.table(sampleResult());
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});

test("a specification with a field that does not fit is complained about", async () => {
  const warnings: string[] = [];
  const channels = { x: { field: "a", type: "quantitative", scale: { type: "band" } } };
  await pencil.svg({ data: { values: [{ a: 1 }] }, mark: "bar", encoding: channels }, warnings);
  expect(warnings).not.toEqual([]);
});

test("text leaves ink in a PNG", () => {
  const drawn = (text: string) =>
    pencil.png(
      `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="25" font-family="DejaVu Sans, Verdana, sans-serif" font-size="14">${text}</text></svg>`,
    );
  expect([...drawn("Traffic").subarray(1, 4)]).toEqual(
    [..."PNG"].map((letter) => letter.charCodeAt(0)),
  );
  expect(drawn("Traffic against capacity").length).toBeGreaterThan(2 * drawn("").length);
});

test("widths come from the font: digits of 1303, a space of 651 in 2048, bold ones wider", async () => {
  const { width } = await typeface();
  expect(width("0", { fontSize: 2048 })).toBe(1303);
  expect(width("9 ", { fontSize: 2048 })).toBe(1303 + 651);
  expect(width("0", { fontSize: 2048, fontWeight: "bold" })).toBe(1425);
});

/** The sample with no event, no failure, no latency and no cost. */
function quiet(): Result {
  const result = sampleResult();
  const empty = result.windows.start.map(() => null);
  for (const entry of Object.values(result.windows.classes)) {
    Object.assign(entry, { failed: {}, p50: empty, p90: empty, p99: empty, "p99.9": empty });
  }
  const none = { mean: null, p50: null, p90: null, p95: null, p99: null, "p99.9": null };
  for (const entry of [result.total, ...result.classes]) {
    entry.failed = {};
    entry.tail = { oneIn: [], latency: [] };
    entry.latency = { ...none, count: 0, "p99.99": null, max: null };
  }
  result.windows.spread = { bounds: [], counts: [] };
  result.cost.parts = [];
  return { ...result, events: [], objectives: [], met: null, bottleneck: null };
}
