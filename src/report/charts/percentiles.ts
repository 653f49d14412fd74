/**
 * The percentile curve of each class, after Gil Tene's HdrHistogram: the axis stretches the tail, so
 * that every step to the right is ten times as rare.
 */
import type { ClassResult, Result } from "../../experiment/result.ts";
import { numbers, words } from "../tables/table.ts";
import { duration } from "../units.ts";
import { chart } from "./chart.ts";
import { latencyAxis } from "./log-axis.ts";
import { dashes, palette, PLOT } from "./theme.ts";

const percentiles = ["p50", "p90", "p95", "p99", "p99.9", "p99.99"] as const;

/** How rare is what exceeds each of them: one request in so many. */
const rarities = [2, 10, 20, 100, 1000, 10_000];

/** More lines than this no eye tells apart; the table has the rest. */
const CLASSES = 8;

/** Where the curve begins: one in two is slower. */
const MEDIAN = 2;

/** A point of the curve is the word of at least so many requests beyond it. */
const BEYOND = 10;

export const percentilesByClass = chart({
  name: "percentiles",
  section: "felt",
  title: "Percentile curve by class",
  question: "Which requests were slow, and how far out is the tail?",

  draw(result) {
    const drawn = measured(result).slice(0, CLASSES);
    const values = drawn.flatMap((entry) =>
      curveOf(entry).map((point) => ({ class: entry.name, ...point })),
    );
    if (values.length === 0) return null;
    const domain = drawn.map(({ name }) => name);
    const most = Math.max(10, ...values.map(({ oneIn }) => oneIn));
    return {
      width: PLOT.width,
      height: PLOT.height,
      data: { values },
      mark: { type: "line", strokeWidth: 2, interpolate: "linear" },
      encoding: {
        x: {
          field: "oneIn",
          type: "quantitative",
          scale: { type: "log", nice: false, domain: [MEDIAN, most] },
          axis: rarityAxis(most),
        },
        y: {
          field: "value",
          type: "quantitative",
          ...latencyAxis(values.map(({ value }) => value)),
        },
        color: {
          field: "class",
          type: "nominal",
          scale: { domain, range: domain.map((_, place) => palette[place]) },
          legend: { symbolType: "stroke" },
        },
        strokeDash: {
          field: "class",
          type: "nominal",
          scale: { domain, range: domain.map((_, place) => dashes[place]) },
        },
      },
    };
  },

  describe(result) {
    const worst = measured(result).reduce<ClassResult | null>(
      (slowest, entry) =>
        slowest === null || (entry.latency.p99 ?? 0) > (slowest.latency.p99 ?? 0) ? entry : slowest,
      null,
    );
    if (!worst) return "No latency was measured.";
    const { p50, p99, max } = worst.latency;
    return `The slowest class is ${worst.name}: p50 ${duration(p50)}, p99 ${duration(p99)}, at most ${duration(max)}. Each curve ends where fewer than ten requests were slower.`;
  },

  table(result) {
    return {
      columns: [words("class"), ...percentiles.map(numbers), numbers("max")],
      rows: result.classes.map(({ name, latency }) => [
        name,
        ...[...percentiles, "max" as const].map((percentile) => duration(latency[percentile])),
      ]),
    };
  },
});

/** The kept tail or, in a result that has none, the percentiles that have a name. */
function curveOf({ tail, latency }: ClassResult): { oneIn: number; value: number }[] {
  const kept = tail.oneIn.length > 0;
  const values = kept ? tail.latency : percentiles.map((percentile) => latency[percentile]);
  return (kept ? tail.oneIn : rarities).flatMap((oneIn, place) => {
    const value = values[place] ?? null;
    const isTold = oneIn * BEYOND <= latency.count || oneIn === MEDIAN;
    return value === null || value <= 0 || oneIn < MEDIAN || !isTold ? [] : [{ oneIn, value }];
  });
}

/** Ticks at 50 % and at each further nine. */
function rarityAxis(most: number) {
  const nines = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));
  const values = [MEDIAN, ...nines.slice(1)].filter((rarity) => rarity <= most);
  const labels = Object.fromEntries(values.map((rarity) => [String(rarity), nameOf(rarity)]));
  return {
    title: "percentile: share of requests that were faster",
    values,
    tickCount: 100,
    labelExpr: `(${JSON.stringify(labels)})[datum.value]`,
    labelOverlap: false,
  };
}

/** "90 %", "99.9 %". */
function nameOf(rarity: number): string {
  if (rarity === MEDIAN) return "50 %";
  const nines = String(rarity).length - 1;
  return nines <= 2
    ? `${"9".repeat(nines)}${nines === 1 ? "0" : ""} %`
    : `99.${"9".repeat(nines - 2)} %`;
}

function measured(result: Result): ClassResult[] {
  return result.classes.filter(({ latency, attack }) => latency.count > 0 && !attack);
}
