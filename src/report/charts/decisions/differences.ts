/** How far each number of each candidate lies from the baseline's, with its interval. */
import type { Comparison } from "../../../experiment/comparison.ts";
import { quantityName } from "../../../experiment/result.ts";
import { differencesTable } from "../../briefs/comparison.ts";
import { signedInterval } from "../../quantities.ts";
import { chart } from "../chart.ts";
import { GRID, MUTED, palette, PLOT } from "../theme.ts";

/** Rows beyond this many the table has. */
const ROWS = 24;

export const differences = chart<Comparison>({
  name: "differences",
  section: "decision",
  title: "Differences from the baseline",
  question: "What does the change do, and is it more than luck?",

  draw(comparison) {
    const values = relative(comparison);
    if (values.length === 0) return null;
    const names = [...new Set(values.map(({ number }) => number))].slice(0, ROWS);
    const candidates = comparison.candidates.slice(1).map(({ name }) => name);
    const colour = {
      field: "candidate",
      type: "nominal",
      scale: { domain: candidates, range: candidates.map((_, at) => palette[at % palette.length]) },
    };
    const y = {
      field: "number",
      type: "nominal",
      sort: names,
      axis: {
        title: null,
        maxExtent: 150,
        minExtent: 150,
        labelLimit: 144,
        grid: true,
        gridColor: GRID,
      },
    };
    const offset =
      candidates.length > 1 ? { yOffset: { field: "candidate", sort: candidates } } : {};
    const x = {
      type: "quantitative",
      axis: { title: "change from the baseline [%]", grid: true, gridColor: GRID, tickCount: 7 },
    };
    return {
      width: PLOT.width * 0.75,
      height: { step: Math.max(24, 14 * candidates.length) },
      data: { values: values.filter(({ number }) => names.includes(number)) },
      layer: [
        { mark: { type: "rule", color: MUTED }, encoding: { x: { datum: 0, ...x } } },
        {
          mark: { type: "rule", strokeWidth: 2 },
          encoding: {
            x: { field: "low", ...x },
            x2: { field: "high" },
            y,
            ...offset,
            color: { ...colour, legend: null },
          },
        },
        {
          mark: { type: "point", size: 55, strokeWidth: 1.5 },
          encoding: {
            x: { field: "mean", ...x },
            y,
            ...offset,
            color: { ...colour, ...(candidates.length > 1 ? {} : { legend: null }) },
            fill: {
              condition: {
                test: "datum.real",
                field: "candidate",
                type: "nominal",
                scale: colour.scale,
                legend: null,
              },
              value: "#ffffff",
            },
          },
        },
      ],
    };
  },

  describe({ differences: all, candidates }) {
    const real = all.filter(({ verdict }) => verdict === "better" || verdict === "worse");
    const [first] = real;
    if (!first) return `No difference from ${candidates[0]!.name} can be told from luck.`;
    return `Filled points are real: ${real.length} of ${all.length} differences from ${candidates[0]!.name}, such as ${quantityName(first)} ${signedInterval(first.unit, first.difference)}.`;
  },

  table: differencesTable,
});

/** Differences in per cent of the baseline, where there is something to be a share of. */
function relative({ differences: all }: Comparison) {
  return all.flatMap((one) => {
    const { mean, halfWidth } = one.difference;
    if (!one.baseline || mean === null) return [];
    const share = (value: number) => (100 * value) / one.baseline!;
    const reach = halfWidth ?? 0;
    return [
      {
        number: quantityName(one),
        candidate: one.candidate,
        mean: share(mean),
        low: share(mean - reach),
        high: share(mean + reach),
        real: one.verdict === "better" || one.verdict === "worse",
      },
    ];
  });
}
