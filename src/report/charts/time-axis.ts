/**
 * The horizontal axis of every chart over time, and what is written above it: faults as named bands,
 * scaling decisions as small triangles, the warm-up that is not counted.
 */
import type { Result } from "../../experiment/result.ts";
import { secondOfDay, timeLabel, timeMeaning } from "../clock.ts";
import { episodeName, timeline } from "../story.ts";
import type { Spec } from "./chart.ts";
import { windowsToDraw } from "./downsample.ts";
import { FONT, INK, MUTED, PLOT } from "./theme.ts";

/** One value for each window; null where nothing was measured. */
export type Series = readonly (number | null)[];

/** Steps between ticks that people count in [s]. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200];

const TICKS = 10;
const LANE = 14;
const LABEL_SIZE = 10.5;
/** Faults beyond this many rows of labels go unnamed: the timeline of the page names them all. */
const LANES = 3;

/** The position channel of time: seconds from the start in field `t`, labelled as clock time. */
export function timeAxis(result: Result, labelled = true): Spec {
  const { clock, duration } = result.run;
  const ticks = tickTimes(duration, secondOfDay(clock));
  const labels = Object.fromEntries(ticks.map((at) => [String(at), timeLabel(clock, at)]));
  return {
    field: "t",
    type: "quantitative",
    scale: { domain: [0, duration], nice: false, zero: false },
    axis: {
      values: ticks,
      labelExpr: `(${JSON.stringify(labels)})[datum.value]`,
      labelFlush: false,
      labels: labelled,
      title: labelled ? timeMeaning(clock) : null,
    },
  };
}

/** Instants on round clock times, at most about ten of them [s]. */
export function tickTimes(duration: number, offset: number): number[] {
  const step = steps.find((size) => duration / size <= TICKS) ?? 86_400;
  const first = (step - (offset % step)) % step;
  return Array.from(
    { length: Math.floor((duration - first) / step) + 1 },
    (_, tick) => first + tick * step,
  );
}

/** One row of data for each series and window that a line needs: `t`, `series`, `value`. */
export function rows(result: Result, named: Record<string, Series>, drawn = named): Spec[] {
  const positions = windowsToDraw(Object.values(drawn), PLOT.width);
  return Object.entries(named).flatMap(([series, values]) =>
    positions.map((position) => ({
      t: middle(result, position),
      series,
      value: values[position] ?? null,
    })),
  );
}

/** The middle of a window, where a mean over it belongs [s]. */
function middle(result: Result, position: number): number {
  const { start, length } = result.windows;
  return Math.min(start[position]! + length / 2, result.run.duration);
}

interface Label {
  readonly t: number;
  readonly text: string;
  /** Row above the plot, from 0. */
  readonly lane: number;
  /** Where the text hangs from: its left edge at the band's start, or its right edge at the plot's end. */
  readonly flush: "left" | "right";
}

/** Layers to draw under the lines, layers to draw over them, and the room above the plot they need [px]. */
export interface Annotations {
  readonly under: readonly Spec[];
  readonly over: readonly Spec[];
  readonly headroom: number;
}

/** Bands and rules of what happened to the platform, for a plot of this width [px]. */
export function annotations(result: Result, width: number = PLOT.width): Annotations {
  const episodes = timeline(result);
  const faults = episodes.filter(({ plane }) => plane === "fate");
  const decisions = episodes.filter(({ plane }) => plane === "scaling");
  const { duration, warmUp } = result.run;
  const bands = faults.map(({ at, until }) => ({ t: at, end: until ?? at }));
  const labels = placed(
    faults.map((fault) => ({ t: fault.at, text: episodeName(fault) })),
    duration,
    width,
  );
  const triangles = decisions.length > 0 ? LANE : 0;
  const lanes = labels.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  return {
    under: [
      ...(warmUp > 0 ? [band([{ t: 0, end: warmUp }], MUTED, 0.1)] : []),
      ...(bands.length > 0 ? [band(bands, INK, 0.13), edge(bands)] : []),
    ],
    over: [
      ...(warmUp > 0 ? [warmUpLabel()] : []),
      ...labels.map((label) => bandLabel(label, triangles)),
      ...(decisions.length > 0 ? [scalingMarks(decisions), scalingKey(decisions, duration)] : []),
    ],
    headroom: triangles + lanes * LANE,
  };
}

function band(values: readonly Spec[], colour: string, opacity: number): Spec {
  return {
    data: { values },
    mark: { type: "rect", color: colour, fillOpacity: opacity },
    encoding: { x: { field: "t", type: "quantitative" }, x2: { field: "end" } },
  };
}

/** The instant of a fault, also of one too short to see as a band. */
function edge(values: readonly Spec[]): Spec {
  return {
    data: { values },
    mark: { type: "rule", color: INK, strokeOpacity: 0.55, strokeWidth: 1, strokeDash: [2, 2] },
    encoding: { x: { field: "t", type: "quantitative" } },
  };
}

function warmUpLabel(): Spec {
  return {
    data: { values: [{ t: 0 }] },
    mark: {
      ...text("left", 4, MUTED),
      y: 9,
      text: "warm-up",
    },
    encoding: { x: { field: "t", type: "quantitative" } },
  };
}

function bandLabel({ t, text: words, lane, flush }: Label, below: number): Spec {
  return {
    data: { values: [{ t }] },
    mark: { ...text(flush, 0, INK), y: -(below + lane * LANE + LANE / 2), text: words },
    encoding: { x: { field: "t", type: "quantitative" } },
  };
}

/** ▲ the fleet was asked to grow, ▽ to shrink. */
function scalingMarks(decisions: readonly { at: number; what: string }[]): Spec {
  const values = decisions.map(({ at, what }) => ({ t: at, shrinks: / (in|down)\b/.test(what) }));
  return {
    data: { values },
    mark: { type: "point", y: -LANE / 2, size: 34, stroke: INK, strokeWidth: 1 },
    encoding: {
      x: { field: "t", type: "quantitative" },
      shape: {
        condition: { test: "datum.shrinks", value: "triangle-down" },
        value: "triangle-up",
      },
      fill: { condition: { test: "datum.shrinks", value: "transparent" }, value: INK },
    },
  };
}

/** Says what the triangles mean, at the end of their row that has room. */
function scalingKey(decisions: readonly { at: number }[], duration: number): Spec {
  const early = decisions.some(({ at }) => at < duration / 4);
  return {
    data: { values: [{ t: early ? duration : 0 }] },
    mark: {
      ...text(early ? "right" : "left", 0, MUTED),
      y: -LANE / 2,
      text: "▲ scale out   ▽ scale in",
    },
    encoding: { x: { field: "t", type: "quantitative" } },
  };
}

function text(align: "left" | "right", dx: number, color: string): Spec {
  return { type: "text", align, dx, baseline: "middle", color, font: FONT, fontSize: LABEL_SIZE };
}

/** Gives each label the lowest row in which it overlaps no other; drops those that find none. */
function placed(
  labels: readonly { t: number; text: string }[],
  duration: number,
  width: number,
): Label[] {
  const free: number[] = [];
  return labels.flatMap(({ t, text }) => {
    // Six tenths of the size is wider than the mean letter, so that estimated rows never collide.
    const size = text.length * LABEL_SIZE * 0.62;
    const at = (t / duration) * width;
    const flush = at + size > width ? "right" : "left";
    const from = flush === "left" ? at : width - size;
    const lane = Array.from({ length: LANES }, (_, row) => row).find(
      (row) => (free[row] ?? -Infinity) <= from,
    );
    if (lane === undefined) return [];
    free[lane] = from + size + 10;
    return [{ t: flush === "left" ? t : duration, text, lane, flush }];
  });
}
