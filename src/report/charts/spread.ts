/** A heat map of latencies: each column a stretch of time, each row a range of latency, darker where more requests lie. */
import type { Result } from "../../experiment/result.ts";
import { timeLabel } from "../clock.ts";
import { numbers, words } from "../tables/table.ts";
import { duration, percent } from "../units.ts";
import { chart } from "./chart.ts";
import { evenly } from "./downsample.ts";
import { latencyAxis } from "./log-axis.ts";
import { PLOT, tints } from "./theme.ts";
import { annotations, timeAxis } from "./time-axis.ts";

/** At most so many columns and rows: a drawing has a rectangle for every change of shade. */
const COLUMNS = 80;
const ROWS = 30;
const TABLE_ROWS = 8;

/** Latencies below are told as one [s]. */
const INSTANT = 1e-6;

/** From which share of a moment's requests a cell has each shade, from the faintest. */
const shades = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3];
const names = ["under 0.1 %", "0.1 %", "0.3 %", "1 %", "3 %", "10 %", "30 %"];

/** A stretch of time and of latency that has one shade. */
interface Cell {
  /** When it begins and ends [s]. */
  readonly t: number;
  readonly end: number;
  /** Its latencies [s]. */
  readonly low: number;
  readonly high: number;
  readonly shade: string;
}

export const spread = chart({
  name: "spread",
  section: "felt",
  title: "Spread of latency over time",
  question: "Did everybody wait a little longer, or a few very much longer?",

  draw(result) {
    const cells = cellsOf(result);
    if (cells.length === 0) return null;
    const { under, over, headroom } = annotations(result);
    const edges = cells.flatMap(({ low, high }) => [low, high]);
    return {
      width: PLOT.width,
      height: PLOT.height,
      layer: [
        {
          data: { values: cells },
          mark: { type: "rect", stroke: null },
          encoding: {
            x2: { field: "end" },
            y: { field: "low", type: "quantitative", ...latencyAxis(edges) },
            y2: { field: "high" },
            color: {
              field: "shade",
              type: "ordinal",
              scale: { domain: names, range: tints.map(({ colour }) => colour) },
              legend: { symbolType: "square", symbolStrokeWidth: 0, offset: headroom + 10 },
            },
          },
        },
        ...under,
        ...over,
      ],
      encoding: { x: timeAxis(result) },
    };
  },

  describe(result) {
    const { spread } = result.windows;
    const rows = rowsOf(spread, ROWS).map((row) => ({
      ...row,
      count: row.steps.reduce((sum, step) => sum + total(spread.counts[step]!), 0),
    }));
    const all = rows.reduce((sum, { count }) => sum + count, 0);
    if (all === 0) return "The spread of latencies was not kept.";
    const fullest = rows.reduce((most, row) => (row.count > most.count ? row : most));
    return `Most often a request took ${rangeOf(fullest)} (${percent(fullest.count / all)} of all); the slowest took ${rangeOf(rows.at(-1)!)}. Shades are shares of the requests of that time.`;
  },

  table(result) {
    const { start, spread } = result.windows;
    const rows = rowsOf(spread, TABLE_ROWS);
    const shown = evenly(start.length, 24);
    return {
      columns: [words("time"), ...rows.map((row) => numbers(rangeOf(row)))],
      rows: shown.map((position) => {
        const counts = rows.map(({ steps }) =>
          steps.reduce((sum, step) => sum + (spread.counts[step]?.[position] ?? 0), 0),
        );
        const all = counts.reduce((sum, count) => sum + count, 0);
        return [
          timeLabel(result.run.clock, start[position]!),
          ...counts.map((count) => percent(all > 0 ? count / all : null)),
        ];
      }),
    };
  },
});

function cellsOf(result: Result): Cell[] {
  const { start, spread } = result.windows;
  const span = Math.max(1, Math.ceil(start.length / COLUMNS));
  const totals = start.map((_, position) =>
    spread.counts.reduce((sum, row) => sum + row[position]!, 0),
  );
  const columns = Array.from({ length: Math.ceil(start.length / span) }, (_, column) => column);
  return rowsOf(spread, ROWS).flatMap(({ from, to, steps }) => {
    const shaded = columns.map((column) => {
      const windows = [column * span, (column + 1) * span] as const;
      const count = steps.reduce((sum, step) => sum + total(spread.counts[step]!, windows), 0);
      return count === 0 ? null : shadeOf(count / total(totals, windows));
    });
    return runsOf(shaded).map(({ first, next, shade }) => ({
      t: start[first * span]!,
      end: start[next * span] ?? result.run.duration,
      low: from,
      high: to,
      shade,
    }));
  });
}

function shadeOf(share: number): string {
  return names[shades.findLastIndex((least) => share >= least)]!;
}

/** Neighbours of one shade together; what has none is left out. */
function runsOf(shaded: readonly (string | null)[]) {
  const starts = shaded.flatMap((shade, at) => (shade !== shaded[at - 1] ? [at] : []));
  return starts.flatMap((first, run) => {
    const shade = shaded[first]!;
    return shade === null ? [] : [{ first, next: starts[run + 1] ?? shaded.length, shade }];
  });
}

function total(counts: readonly number[], range: readonly number[] = []): number {
  return counts.slice(...range).reduce((sum, count) => sum + count, 0);
}

/** "12.5 ms to 16.0 ms", or "less than 1.00 ms". */
function rangeOf({ from, to, holdsAllBelow }: Row): string {
  return holdsAllBelow ? `less than ${duration(to)}` : `${duration(from)} to ${duration(to)}`;
}

interface Row {
  /** Latencies it stands for [s]. */
  readonly from: number;
  readonly to: number;
  readonly holdsAllBelow: boolean;
  /** Steps of the kept spread. */
  readonly steps: readonly number[];
}

/**
 * At most so many rows, each of several steps where there are more. What takes next to no time, as an
 * answer from a cache may, shares one row just below the others: a log scale has no place for nothing.
 */
function rowsOf({ bounds, counts }: Result["windows"]["spread"], most: number): Row[] {
  const seen = counts.flatMap((row, step) => (row.some((count) => count > 0) ? [step] : []));
  const first = seen.find((step) => bounds[step]! >= INSTANT) ?? counts.length;
  const span = Math.max(1, Math.ceil((counts.length - first) / most));
  const rows = Array.from({ length: Math.ceil((counts.length - first) / span) }, (_, row) => {
    const from = first + row * span;
    const to = Math.min(from + span, counts.length);
    const [low, high] = [bounds[from]!, bounds[to]!];
    return { from: low, to: high, holdsAllBelow: false, steps: stepsOf(from, to) };
  });
  if (seen.every((step) => step >= first)) return rows;
  const to = rows[0]?.from ?? INSTANT;
  return [{ from: to / 1.6, to, holdsAllBelow: true, steps: stepsOf(0, first) }, ...rows];
}

function stepsOf(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, step) => from + step);
}
