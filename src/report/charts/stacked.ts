/** Areas on top of each other over time, with the annotations of every chart over time. */
import type { Result } from "../../experiment/result.ts";
import { timeLabel } from "../clock.ts";
import { numbers, words, type Table } from "../tables/table.ts";
import { evenly } from "./downsample.ts";
import type { Spec } from "./chart.ts";
import { palette, PLOT, SHORT } from "./theme.ts";
import { annotations, rows, timeAxis, type Series } from "./time-axis.ts";

export interface Stack {
  /** From the bottom up; each name is its entry in the legend. */
  readonly named: Record<string, Series>;
  /** What the heights count: "instances". */
  readonly unit: string;
  /** Colours by name; others come from the palette in order. */
  readonly colours: Readonly<Record<string, string>>;
}

/** `labelled` says whether the axis of time has labels: not where it stands on another. */
export function stacked(result: Result, { named, unit, colours }: Stack, labelled = true): Spec {
  const { under, over, headroom } = annotations(result);
  const domain = Object.keys(named);
  const range = domain.map((name, place) => colours[name] ?? palette[place % palette.length]!);
  // Heights add up only when all are drawn at the same instants: those where their sum is extreme.
  const sum = result.windows.start.map((_, position) =>
    Object.values(named).reduce((total, values) => total + (values[position] ?? 0), 0),
  );
  const values = rows(result, named, { sum }).map((row) => ({
    ...row,
    value: row["value"] ?? 0,
    level: domain.indexOf(String(row["series"])),
  }));
  return {
    width: PLOT.width,
    height: PLOT.height * 0.75,
    layer: [
      {
        data: { values },
        mark: { type: "area", fillOpacity: 0.85, interpolate: "step" },
        encoding: {
          x: timeAxis(result, labelled),
          y: { field: "value", stack: "zero" },
          color: { field: "series" },
          order: { field: "level", type: "quantitative" },
        },
      },
      ...under,
      ...over,
    ],
    encoding: {
      x: timeAxis(result, labelled),
      y: {
        type: "quantitative",
        axis: { title: unit, labelExpr: SHORT },
        scale: { nice: true, domainMin: 0 },
      },
      color: {
        type: "nominal",
        scale: { domain, range },
        legend: { offset: headroom + 10, symbolType: "square" },
      },
    },
  };
}

export function stackTable(
  result: Result,
  { named }: Stack,
  show: (value: number | null) => string,
): Table {
  return {
    columns: [words("time"), ...Object.keys(named).map(numbers)],
    rows: evenly(result.windows.start.length, 24).map((position) => [
      timeLabel(result.run.clock, result.windows.start[position]!),
      ...Object.values(named).map((values) => show(values[position] ?? null)),
    ]),
  };
}
