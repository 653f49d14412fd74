/**
 * Where the time of a request went: waiting and being served, part by part.
 *
 * Times add up over the calls that a request made, those made at the same time included, and a part is
 * in service while it waits for another's answer: the bars explain the latency, they do not sum to it.
 */
import type { PartResult, Result } from "../../experiment/result.ts";
import { numbers, words } from "../tables/table.ts";
import { compact, duration, percent } from "../units.ts";
import { chart, type Spec } from "./chart.ts";
import { BLUE, GREEN, GRID, INK, ORANGE, PLOT } from "./theme.ts";

const kinds = [
  { kind: "waiting in the queue", colour: ORANGE },
  { kind: "work on its cores", colour: BLUE },
  { kind: "in service otherwise", colour: GREEN },
] as const;

/** The parts that took the most time have a bar; the table lists all. */
const PARTS = 10;

export const spent = chart({
  name: "spent",
  section: "felt",
  title: "Where latency was spent",
  question: "In which part, waiting or working, did a request spend its time?",

  draw(result) {
    const shown = stays(result).slice(0, PARTS);
    if (shown.length === 0) return null;
    const [unit, perSecond] = shown[0]!.total < 2 ? ["ms", 1000] : ["s", 1];
    const values = shown.flatMap(({ part, times, total }) =>
      times.map((seconds, level) => ({
        part,
        kind: kinds[level]!.kind,
        level,
        time: seconds * perSecond,
        total: total * perSecond,
        label: duration(total),
      })),
    );
    const mean = result.total.latency.mean;
    return {
      width: PLOT.width - 110,
      height: { step: 34 },
      data: { values },
      layer: [
        {
          mark: { type: "bar", height: 20, fillOpacity: 0.9 },
          encoding: {
            x: {
              field: "time",
              type: "quantitative",
              stack: "zero",
              axis: { title: `${unit} per request`, grid: true, gridColor: GRID, tickCount: 6 },
            },
            color: {
              field: "kind",
              type: "nominal",
              scale: {
                domain: kinds.map(({ kind }) => kind),
                range: kinds.map(({ colour }) => colour),
              },
              legend: { symbolType: "square" },
            },
            order: { field: "level", type: "quantitative" },
          },
        },
        {
          transform: [{ filter: "datum.level === 0" }],
          mark: { type: "text", align: "left", dx: 6, color: INK, fontSize: 11 },
          encoding: { x: { field: "total", type: "quantitative" }, text: { field: "label" } },
        },
        ...(mean === null ? [] : [meanRule(mean * perSecond)]),
      ],
      encoding: {
        y: {
          field: "part",
          type: "nominal",
          sort: shown.map(({ part }) => part),
          axis: {
            title: null,
            minExtent: 110,
            maxExtent: 110,
            labelLimit: 104,
            labelFontSize: 12,
            labelColor: INK,
          },
        },
      },
    };
  },

  describe(result) {
    const [most] = stays(result);
    if (!most) return "No part has slots.";
    const share = most.total > 0 ? percent(most.times[0]! / most.total) : null;
    const waiting = share === null ? "" : `, ${share} of it waiting in the queue`;
    return `A request spent the most time at ${most.part}: ${duration(most.total)} on average${waiting}. Service includes the answers it waited for, so bars overlap, and calls whose caller had gone count too; dashed is the mean latency, ${duration(result.total.latency.mean)}.`;
  },

  table(result) {
    return {
      columns: [
        words("part"),
        numbers("calls per request"),
        ...kinds.map(({ kind }) => numbers(kind)),
        numbers("together"),
      ],
      rows: stays(result).map(({ part, calls, times, total }) => [
        part,
        compact(calls),
        ...times.map(duration),
        duration(total),
      ]),
    };
  },
});

interface Stay {
  readonly part: string;
  /** Calls that a request makes there. */
  readonly calls: number;
  /** In the order of the kinds [s]. */
  readonly times: readonly number[];
  readonly total: number;
}

/** Time of a mean request at each part with slots, the longest first. */
function stays({ parts, total: { generated } }: Result): Stay[] {
  if (generated === 0) return [];
  return parts
    .flatMap((part) => (part.serviceTime === null ? [] : [stayOf(part, generated)]))
    .sort((left, right) => right.total - left.total);
}

function stayOf({ name, waitingTime, serviceTime, workTime }: PartResult, requests: number): Stay {
  const perRequest = (seconds: number | null, calls: number) => ((seconds ?? 0) * calls) / requests;
  const served = serviceTime!.count;
  const service = perRequest(serviceTime!.mean, served);
  const work = Math.min(service, perRequest(workTime, served));
  const waiting = perRequest(waitingTime?.mean ?? null, waitingTime?.count ?? 0);
  const times = [waiting, work, service - work];
  return { part: name, calls: served / requests, times, total: waiting + service };
}

function meanRule(mean: number): Spec {
  return {
    data: { values: [{ mean }] },
    mark: { type: "rule", color: INK, strokeDash: [5, 3], strokeWidth: 1 },
    encoding: { x: { field: "mean", type: "quantitative" }, y: null },
  };
}
