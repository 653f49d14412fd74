/** Offered and served load over time, against what the tightest part could have served. */
import type { Result } from "../../experiment/result.ts";
import { timeLabel } from "../clock.ts";
import { highest, peakTraffic } from "../story.ts";
import { numbers, words } from "../tables/table.ts";
import { rate } from "../units.ts";
import { chart, type Spec } from "./chart.ts";
import { evenly } from "./downsample.ts";
import { BLUE, INK, ORANGE, PLOT, PURPLE, SHORT, VERMILION } from "./theme.ts";
import { annotations, rows, timeAxis, type Series } from "./time-axis.ts";

/** Utilisation from which a part has no room to spare, averaged over a window. */
const SATURATED = 0.95;

const looks = [
  { series: "arrivals", colour: INK, dash: [1, 0] },
  { series: "attempts, retries included", colour: PURPLE, dash: [2, 2] },
  { series: "answered in time and right", colour: BLUE, dash: [1, 0] },
  { series: "failed", colour: VERMILION, dash: [5, 2] },
] as const;

export const traffic = chart({
  name: "traffic",
  section: "happened",
  title: "Traffic against capacity",
  question: "Was there ever more traffic than the platform could serve?",

  draw(result) {
    const all = result.windows.classes["all"];
    if (!all) return null;
    const { under, over, headroom } = annotations(result);
    const named = seriesOf(result);
    const tight = tightest(result);
    const top = ceiling(result, tight?.capacity);
    const drawn = looks.filter(({ series }) => Object.hasOwn(named, series));
    const domain = [...drawn.map(({ series }) => series), ...(tight ? [tight.label] : [])];
    return {
      width: PLOT.width,
      height: PLOT.height,
      layer: [
        ...under,
        {
          data: { values: rows(result, { "answered in time and right": all.goodput }) },
          mark: { type: "area", color: BLUE, fillOpacity: 0.14 },
          encoding: { x: timeAxis(result), y: { field: "value", type: "quantitative" } },
        },
        lines(rows(result, named), "linear", 1.6, false),
        ...(tight
          ? [lines(rows(result, { [tight.label]: upTo(top, tight.capacity) }), "step", 2, true)]
          : []),
        ...over,
      ],
      encoding: {
        x: timeAxis(result),
        y: {
          type: "quantitative",
          axis: { title: "requests per second", labelExpr: SHORT },
          scale: { domainMin: 0, domainMax: top, nice: true },
        },
        color: {
          type: "nominal",
          scale: { domain, range: [...drawn.map(({ colour }) => colour), ORANGE] },
          legend: { offset: headroom + 10, symbolType: "stroke" },
        },
        strokeDash: {
          type: "nominal",
          scale: { domain, range: [...drawn.map(({ dash }) => dash), [8, 3]] },
        },
      },
      resolve: { legend: { color: "shared", strokeDash: "shared" } },
    };
  },

  describe(result) {
    const peak = peakTraffic(result);
    if (!peak) return "No request was made.";
    const at = (seconds: number) => timeLabel(result.run.clock, seconds);
    const served = `Arrivals peaked at ${rate(peak.perSecond)} at ${at(peak.at)}`;
    const tight = tightest(result);
    if (!tight) return `${served}.`;
    const over = overload(result, tight);
    return over === null
      ? `${served}, always within what ${tight.part} could complete.`
      : `${served}; from ${at(over)} attempts outran what ${tight.part} could complete.`;
  },

  table(result) {
    const tight = tightest(result);
    const columns = { ...seriesOf(result), ...(tight ? { [tight.label]: tight.capacity } : {}) };
    return {
      columns: [words("time"), ...Object.keys(columns).map(numbers)],
      rows: evenly(result.windows.start.length, 24).map((position) => [
        timeLabel(result.run.clock, result.windows.start[position]!),
        ...Object.values(columns).map((values) => rate(values[position] ?? null)),
      ]),
    };
  },
});

function seriesOf(result: Result): Record<string, Series> {
  const all = result.windows.classes["all"];
  if (!all) return {};
  const retried = all.attempts.some((sent, at) => (sent ?? 0) > (all.arrivals[at] ?? 0) * 1.01);
  return {
    arrivals: all.arrivals,
    ...(retried ? { "attempts, retries included": all.attempts } : {}),
    "answered in time and right": all.goodput,
    failed: result.windows.start.map((_, position) =>
      Object.values(all.failed).reduce((sum, rates) => sum + (rates[position] ?? 0), 0),
    ),
  };
}

interface Tightest {
  readonly part: string;
  readonly label: string;
  /** In attempts at the entry [1/s]. */
  readonly capacity: Series;
}

/** The part that gave way first or, when none did, the busiest one whose capacity is known. */
function tightest(result: Result): Tightest | null {
  const parts = result.windows.parts;
  const known = Object.keys(parts).filter((name) =>
    parts[name]!.capacity.some((level) => level !== null),
  );
  const busiest =
    known[
      highest(known.map((name) => Math.max(...parts[name]!.utilisation.map((share) => share ?? 0))))
    ];
  const broken = result.bottleneck?.part;
  const part = broken !== undefined && known.includes(broken) ? broken : busiest;
  if (part === undefined) return null;
  return { part, label: `capacity of ${part}`, capacity: inAttempts(result, part) };
}

/** Capacity in attempts at the entry: a part called three times for each attempt can serve a third as many. */
function inAttempts(result: Result, part: string): Series {
  const attempts = result.windows.classes["all"]?.attempts ?? [];
  const { arrivals, capacity } = result.windows.parts[part]!;
  return capacity.map((level, position) => {
    const sent = attempts[position] ?? 0;
    const calls = arrivals[position] ?? 0;
    return level === null || sent <= 0 || calls <= 0 ? null : (level * sent) / calls;
  });
}

/**
 * When attempts first exceeded the capacity [s]; null when they never did. A part with room to spare was
 * not outrun: calls that a dead instance refuses cost it nothing, though they make each attempt dearer.
 */
function overload(result: Result, { part, capacity }: Tightest): number | null {
  const attempts = result.windows.classes["all"]?.attempts ?? [];
  const { utilisation } = result.windows.parts[part]!;
  const first = capacity.findIndex(
    (level, at) =>
      level !== null && (attempts[at] ?? 0) > level && (utilisation[at] ?? 0) >= SATURATED,
  );
  return first < 0 ? null : result.windows.start[first]!;
}

/**
 * A curve that leaves the plot just above its top, which a nice axis puts less than half as high again:
 * the renderer of bitmaps fails on dashes many plots away.
 */
function upTo(top: number, values: Series): Series {
  return values.map((value) => (value === null ? null : Math.min(value, top * 1.5)));
}

/** The top of the axis: room for the traffic, but not for a capacity many times as large. */
function ceiling(result: Result, capacity: Series = []): number {
  const load = Object.values(seriesOf(result)).map((values) =>
    Math.max(0, ...values.map((value) => value ?? 0)),
  );
  const highestLoad = Math.max(1, ...load);
  const highestCapacity = Math.max(0, ...capacity.map((level) => level ?? 0));
  return Math.max(highestLoad, Math.min(highestCapacity, highestLoad * 1.6)) * 1.02;
}

function lines(
  values: readonly Spec[],
  interpolate: "linear" | "step",
  strokeWidth: number,
  clip: boolean,
): Spec {
  return {
    data: { values },
    mark: { type: "line", interpolate, strokeWidth, clip },
    encoding: {
      y: { field: "value" },
      color: { field: "series" },
      strokeDash: { field: "series" },
    },
  };
}
