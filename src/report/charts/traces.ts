/** Single requests in all detail, one waterfall below the other. */
import type { ExemplarResult } from "../../experiment/result.ts";
import { numbers, words } from "../tables/table.ts";
import { barsOf, headingOf, type Bar } from "../traces/waterfall.ts";
import { duration } from "../units.ts";
import { chart, type Spec } from "./chart.ts";
import { BLUE, GRID, INK, ORANGE, PLOT, VERMILION } from "./theme.ts";

const kinds = [
  { kind: "waiting for a slot", colour: ORANGE },
  { kind: "served, answers included", colour: BLUE },
  { kind: "ended badly", colour: VERMILION },
] as const;

const NAMES = 190;
/** No-break spaces: a drawing drops others at the beginning of a text. */
const INDENT = "\u00a0".repeat(4);

export const traces = chart({
  name: "traces",
  section: "felt",
  title: "Single requests in all detail",
  question: "What did a usual request do, and what a slow one?",

  draw({ exemplars }) {
    if (exemplars.length === 0) return null;
    return {
      spacing: 26,
      vconcat: exemplars.map(waterfall),
      resolve: { legend: { color: "shared" } },
    };
  },

  describe({ exemplars, run }) {
    if (exemplars.length === 0) return "No requests were followed.";
    const one = run.replications > 1 ? "the first replication" : "the run";
    return `Requests of ${one}: ${exemplars.map(headingOf).join("; ")}. A bar below another is a call made for it, or passed on by it.`;
  },

  table({ exemplars }) {
    return {
      columns: [
        words("request"),
        words("call"),
        numbers("begins after"),
        numbers("waits"),
        numbers("takes"),
        words("outcome"),
      ],
      rows: exemplars.flatMap((exemplar) =>
        barsOf(exemplar).map(({ label, depth, from, started, to, trouble }) => [
          headingOf(exemplar),
          `${"· ".repeat(depth)}${label}`,
          duration(from),
          duration(started - from),
          duration(to - from),
          trouble ?? "ok",
        ]),
      ),
    };
  },
});

function waterfall(exemplar: ExemplarResult): Spec {
  const bars = barsOf(exemplar);
  const end = Math.max(...bars.map(({ to }) => to));
  const [unit, perSecond] = end < 2 ? ["ms", 1000] : ["s", 1];
  const values = bars.flatMap((bar, row) => piecesOf(bar, row, perSecond as number));
  const names = bars.map(({ label, depth }) => `${INDENT.repeat(depth)}${label}`);
  return {
    title: { text: headingOf(exemplar), fontSize: 12, anchor: "start", frame: "bounds", offset: 6 },
    width: PLOT.width - NAMES,
    height: { step: 17 },
    data: { values },
    layer: [
      {
        mark: { type: "bar", height: 11, minBandSize: 1 },
        encoding: {
          x: {
            field: "from",
            type: "quantitative",
            axis: {
              title: `${unit} since the request was born`,
              grid: true,
              gridColor: GRID,
              tickCount: 6,
            },
          },
          x2: { field: "to" },
          color: {
            field: "kind",
            type: "nominal",
            scale: {
              domain: kinds.map(({ kind }) => kind),
              range: kinds.map(({ colour }) => colour),
            },
            legend: { symbolType: "square" },
          },
        },
      },
      {
        transform: [{ filter: "datum.label !== ''" }],
        mark: { type: "text", align: "left", dx: 5, color: INK, fontSize: 10 },
        encoding: { x: { field: "to", type: "quantitative" }, text: { field: "label" } },
      },
    ],
    encoding: {
      y: {
        field: "row",
        type: "ordinal",
        axis: {
          title: null,
          domain: false,
          ticks: false,
          minExtent: NAMES,
          maxExtent: NAMES,
          labelLimit: NAMES - 6,
          labelAlign: "left",
          labelPadding: NAMES - 8,
          labelColor: INK,
          labelExpr: `${JSON.stringify(names)}[datum.value]`,
        },
      },
    },
  };
}

/** What it waited and what it was served, and beside the last of them how long it took. */
function piecesOf({ from, started, to, trouble }: Bar, row: number, perSecond: number) {
  const label = trouble === null ? duration(to - from) : `${duration(to - from)}, ${trouble}`;
  const piece = (kind: number, start: number, end: number, said: string) => ({
    row,
    kind: kinds[kind]!.kind,
    from: rounded(start * perSecond),
    to: rounded(end * perSecond),
    label: said,
  });
  const served = trouble === null ? 1 : 2;
  if (started <= from) return [piece(served, from, to, label)];
  if (started >= to) return [piece(trouble === null ? 0 : 2, from, to, label)];
  return [piece(0, from, started, ""), piece(served, started, to, label)];
}

/** To the thousandth: no eye tells more apart. */
function rounded(value: number): number {
  return Number(value.toFixed(3));
}
