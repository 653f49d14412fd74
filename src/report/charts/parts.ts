/** One row for each part: how busy it was, and how long its queue. */
import type { Result } from "../../experiment/result.ts";
import { timeLabel } from "../clock.ts";
import { highest } from "../story.ts";
import { numbers, words } from "../tables/table.ts";
import { compact, percent } from "../units.ts";
import { chart, type Spec } from "./chart.ts";
import { BLUE, INK, ORANGE, SHORT, VERMILION } from "./theme.ts";
import { rows, timeAxis, type Series } from "./time-axis.ts";

/** The busiest parts have a row; the page's table lists all. */
const PARTS = 8;
const PANEL = { width: 350, height: 64 };

export const parts = chart({
  name: "parts",
  section: "broke",
  title: "Utilisation and queues",
  question: "Which part filled up first, and what waited behind it?",

  draw(result) {
    const shown = busiest(result).slice(0, PARTS);
    if (shown.length === 0) return null;
    return {
      columns: 2,
      // Flush: every panel stands in its column, however wide the labels beside it are.
      bounds: "flush",
      spacing: { row: 40, column: 64 },
      concat: shown.flatMap(({ name, utilisation, queueLength }, row) => {
        const last = row === shown.length - 1;
        const most = roundedUp(peak(queueLength));
        return [
          panel(result, last, {
            series: utilisation,
            title: `${name}: share of ${resourceOf(result, name)} busy`,
            colour: BLUE,
            domain: [0, 1],
            labels: "format(datum.value, '.0%')",
            limit: 1,
          }),
          panel(result, last, {
            series: queueLength,
            title: `${name}: calls waiting`,
            colour: ORANGE,
            domain: [0, most],
            labels: SHORT,
            limit: null,
          }),
        ];
      }),
    };
  },

  describe(result) {
    const [first] = busiest(result);
    if (!first) return "No part has slots.";
    const fullest = highest(first.utilisation);
    const queued = highest(first.queueLength);
    const at = (position: number) =>
      timeLabel(result.run.clock, result.windows.start[position] ?? 0);
    const queue =
      queued < 0 || peak(first.queueLength) < 1
        ? ""
        : `; at most ${compact(peak(first.queueLength))} calls waited there (${at(queued)})`;
    return `${first.name} was the busiest: ${percent(peak(first.utilisation))} of its ${resourceOf(result, first.name)} at ${at(fullest)}${queue}. Means over windows; shaded where a fault lasted.`;
  },

  table(result) {
    return {
      columns: [
        words("part"),
        numbers("busiest window"),
        words("at"),
        numbers("longest queue (window mean)"),
      ],
      rows: busiest(result).map(({ name, utilisation, queueLength }) => [
        name,
        percent(peak(utilisation)),
        timeLabel(result.run.clock, result.windows.start[highest(utilisation)] ?? 0),
        compact(peak(queueLength)),
      ]),
    };
  },
});

interface Panel {
  readonly series: Series;
  readonly title: string;
  readonly colour: string;
  readonly domain: readonly number[];
  readonly labels: string;
  /** Where a dashed line says "full". */
  readonly limit: number | null;
}

function panel(result: Result, last: boolean, shown: Panel): Spec {
  const { series, title, colour, domain, labels, limit } = shown;
  const bands = result.events
    .filter(
      ({ replication, plane, until }) => replication === 0 && plane === "fate" && until !== null,
    )
    .map(({ at, until }) => ({ t: at, end: until }));
  const y = {
    field: "value",
    type: "quantitative",
    scale: { domain, nice: false },
    axis: { title: null, labelExpr: labels, values: [0, domain[1]! / 2, domain[1]!] },
  };
  return {
    ...PANEL,
    title: { text: title, fontSize: 11.5, offset: 4, frame: "group", fontWeight: "bold" },
    layer: [
      ...(bands.length > 0
        ? [
            {
              data: { values: bands },
              mark: { type: "rect", color: INK, fillOpacity: 0.13 },
              encoding: { x: timeAxis(result, last), x2: { field: "end" } },
            },
          ]
        : []),
      {
        data: { values: rows(result, { [title]: series }) },
        mark: { type: "area", color: colour, fillOpacity: 0.25, line: { color: colour } },
        encoding: { x: timeAxis(result, last), y },
      },
      ...(limit === null ? [] : [full(limit)]),
    ],
  };
}

function full(limit: number): Spec {
  return {
    data: { values: [{ value: limit }] },
    mark: { type: "rule", color: VERMILION, strokeDash: [4, 3], strokeWidth: 1 },
    encoding: { y: { field: "value", type: "quantitative" } },
  };
}

/** What a part's utilisation is a share of. */
function resourceOf(result: Result, part: string): string {
  return result.parts.find(({ name }) => name === part)?.resource ?? "slots";
}

/** Parts with slots, the one with the fullest window first. */
function busiest(result: Result) {
  return Object.entries(result.windows.parts)
    .map(([name, { utilisation, queueLength }]) => ({ name, utilisation, queueLength }))
    .filter(({ utilisation }) => utilisation.some((share) => share !== null))
    .sort((left, right) => peak(right.utilisation) - peak(left.utilisation));
}

/** The next of 2, 4, 10, 20, 40, 100, …: a top whose half is a round number too. */
function roundedUp(value: number): number {
  for (let unit = 1; ; unit *= 10) {
    const top = [2, 4, 10].find((digit) => digit * unit >= value);
    if (top !== undefined) return top * unit;
  }
}

function peak(series: Series): number {
  return series.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}
