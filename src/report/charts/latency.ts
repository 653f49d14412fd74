/** Latency percentiles over time; the promised ceilings as rules. */
import type { ObjectiveResult, Result } from "../../experiment/result.ts";
import { timeLabel } from "../clock.ts";
import { highest } from "../story.ts";
import { numbers, words } from "../tables/table.ts";
import { duration } from "../units.ts";
import { chart, type Spec } from "./chart.ts";
import { evenly } from "./downsample.ts";
import { BLUE, FONT, GREEN, INK, PLOT, VERMILION } from "./theme.ts";
import { latencyAxis } from "./log-axis.ts";
import { annotations, rows, timeAxis, type Series } from "./time-axis.ts";

const percentiles = ["p50", "p90", "p99", "p99.9"] as const;
const colours = [BLUE, GREEN, VERMILION, INK];
const dash = [
  [1, 0],
  [6, 2],
  [1, 0],
  [2, 2],
];

export const latency = chart({
  name: "latency",
  section: "felt",
  title: "Latency over time",
  question: "How long did shoppers wait, and when did it hurt?",

  draw(result) {
    const named = seconds(result);
    if (!Object.values(named).some((values) => values.some((value) => value !== null))) return null;
    const { under, over, headroom } = annotations(result);
    const promises = ceilings(result);
    return {
      width: PLOT.width,
      height: PLOT.height,
      layer: [
        ...under,
        {
          data: { values: rows(result, named) },
          mark: { type: "line" },
          encoding: {
            y: { field: "value" },
            color: { field: "series" },
            strokeDash: { field: "series" },
            strokeWidth: {
              condition: { test: "datum.series === 'p99'", value: 2.4 },
              value: 1.5,
            },
          },
        },
        ...promises.flatMap((promise, position) => rule(promise, result, position)),
        ...over,
      ],
      encoding: {
        x: timeAxis(result),
        y: {
          type: "quantitative",
          ...latencyAxis([...Object.values(named).flat(), ...promises.map(({ target }) => target)]),
        },
        color: {
          type: "nominal",
          scale: { domain: percentiles, range: colours },
          legend: { offset: headroom + 10, symbolType: "stroke" },
        },
        strokeDash: { type: "nominal", scale: { domain: percentiles, range: dash } },
      },
    };
  },

  describe(result) {
    const p99 = result.windows.classes["all"]?.p99 ?? [];
    const worst = highest(p99);
    if (worst < 0) return "No latency was measured.";
    const at = timeLabel(result.run.clock, result.windows.start[worst]!);
    const usual = result.total.latency.p50;
    return `All classes together: p99 rose to ${duration(p99[worst]!)} at ${at}; half of all requests took less than ${duration(usual)}.`;
  },

  table(result) {
    const all = result.windows.classes["all"];
    return {
      columns: [words("time"), ...percentiles.map(numbers), numbers("max")],
      rows: evenly(result.windows.start.length, 24).map((position) => [
        timeLabel(result.run.clock, result.windows.start[position]!),
        ...[...percentiles, "max" as const].map((name) => duration(all?.[name][position] ?? null)),
      ]),
    };
  },
});

/** A logarithm needs something above zero: a latency of nothing is not drawn. */
function seconds(result: Result): Record<string, Series> {
  const all = result.windows.classes["all"];
  if (!all) return {};
  return Object.fromEntries(
    percentiles.map((name) => [name, all[name].map((value) => (value === 0 ? null : value))]),
  );
}

function ceilings(result: Result): ObjectiveResult[] {
  return result.objectives.filter(({ kind }) => kind === "latency");
}

function rule(promise: ObjectiveResult, result: Result, position: number): Spec[] {
  const data = { values: [{ value: promise.target, t: 0 }] };
  const y = { field: "value", type: "quantitative" };
  // A promise begins where measuring does; labels of several stand side by side, to stay readable.
  const start = (result.run.warmUp / result.run.duration) * PLOT.width;
  const x = { value: start + 12 + (position % 3) * Math.min(250, (PLOT.width - start) / 3) };
  return [
    {
      data,
      mark: { type: "rule", color: INK, strokeWidth: 1, strokeDash: [7, 3] },
      encoding: { y, x: { value: start }, x2: { value: PLOT.width } },
    },
    {
      data,
      mark: {
        type: "text",
        align: "left",
        baseline: "bottom",
        dy: -3,
        color: INK,
        font: FONT,
        fontSize: 10.5,
        text: `promised: ${promise.name}${promise.met ? "" : " (missed)"}`,
        limit: result.objectives.length > 1 ? 320 : 600,
      },
      encoding: { y, x },
    },
  ];
}
