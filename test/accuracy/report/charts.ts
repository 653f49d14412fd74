/** Two pictures: do the numbers lie on the line, and do their errors look like luck? */
import { chart } from "../../../src/report/charts/chart.ts";
import { BLUE, GRID, MUTED, PLOT, VERMILION } from "../../../src/report/charts/theme.ts";
import { exp } from "../../../src/kernel/mathematics.ts";
import { numbers, words } from "../../../src/report/tables/table.ts";
import { biasOf, scoresOf } from "../bias.ts";
import { final, type Verdict } from "../judge.ts";
import { familiesTable } from "./tables.ts";

type Verdicts = readonly Verdict[];

export const agreement = chart<Verdicts>({
  name: "agreement",
  section: "happened",
  title: "Expected and simulated",
  question: "Are the numbers those of the textbook?",

  draw(verdicts) {
    const values = verdicts.flatMap((verdict) =>
      final(verdict).flatMap(({ expected, simulated, agrees }) =>
        typeof expected === "number" &&
        typeof simulated === "number" &&
        expected > 0 &&
        simulated > 0
          ? [{ expected, simulated, verdict: agrees ? "agrees" : "disagrees" }]
          : [],
      ),
    );
    const axis = (title: string) => ({ title, grid: true, gridColor: GRID, tickCount: 6, format: "~r" }); // prettier-ignore
    const scale = { type: "log" };
    const ends = values.map(({ expected }) => expected);
    const line = [Math.min(...ends), Math.max(...ends)].map((at) => ({ at }));
    return {
      width: PLOT.width * 0.75,
      height: PLOT.width * 0.5,
      layer: [
        {
          data: { values: line },
          mark: { type: "line", color: MUTED, strokeWidth: 1 },
          encoding: {
            x: { field: "at", type: "quantitative", scale, axis: axis("expected") },
            y: { field: "at", type: "quantitative", scale, axis: axis("simulated") },
          },
        },
        {
          data: { values },
          mark: { type: "point", size: 28, strokeWidth: 1 },
          encoding: {
            x: { field: "expected", type: "quantitative", scale },
            y: { field: "simulated", type: "quantitative", scale },
            color: {
              field: "verdict",
              type: "nominal",
              scale: { domain: ["agrees", "disagrees"], range: [BLUE, VERMILION] },
            },
          },
        },
      ],
    };
  },

  describe(verdicts) {
    const findings = verdicts.flatMap(final);
    const agree = findings.filter(({ agrees }) => agrees).length;
    return `${agree} of ${findings.length} numbers agree with formula, table or trace; on the line they would be equal.`;
  },

  table: familiesTable,
});

/** Width of a column of the histogram, and where it begins and ends, in standard errors. */
const STEP = 0.25;
const REACH = 4;

export const scores = chart<Verdicts>({
  name: "scores",
  section: "happened",
  title: "How far off, in standard errors",
  question: "Do the errors look like luck, or do they lean to one side?",

  draw(verdicts) {
    const all = scoresOf(verdicts);
    const values = binned(all);
    const curve = Array.from({ length: (2 * REACH) / 0.1 + 1 }, (_, at) => {
      const z = Number((at * 0.1 - REACH).toFixed(1));
      return { z, count: (all.length * STEP * exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI) };
    });
    const axis = { title: "z: simulated above expected, in standard errors", tickCount: 9 };
    return {
      width: PLOT.width * 0.75,
      height: PLOT.height,
      layer: [
        {
          data: { values },
          mark: { type: "rect", color: BLUE, opacity: 0.55 },
          encoding: {
            x: { field: "from", type: "quantitative", axis, scale: { domain: [-REACH, REACH] } },
            x2: { field: "to" },
            y: { field: "count", type: "quantitative", axis: { title: "numbers" } },
            y2: { datum: 0 },
          },
        },
        {
          data: { values: curve },
          mark: { type: "line", color: VERMILION },
          encoding: {
            x: { field: "z", type: "quantitative" },
            y: { field: "count", type: "quantitative" },
          },
        },
      ],
    };
  },

  describe(verdicts) {
    const { scores: count, mean, deviation } = biasOf(verdicts);
    return `${count} scores have mean ${mean.toFixed(3)} and standard deviation ${deviation.toFixed(3)}; the line is the standard normal law, with 0 and 1.`;
  },

  table(verdicts) {
    return {
      columns: [words("z from"), words("to"), numbers("numbers")],
      rows: binned(scoresOf(verdicts)).map(({ from, to, count }) => [
        String(from),
        String(to),
        String(count),
      ]),
    };
  },
});

function binned(all: readonly number[]) {
  return Array.from({ length: (2 * REACH) / STEP }, (_, bin) => {
    const from = bin * STEP - REACH;
    const to = from + STEP;
    return { from, to, count: all.filter((z) => z >= from && z < to).length };
  });
}
