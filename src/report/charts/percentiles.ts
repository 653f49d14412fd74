/** Latency of each class by percentile: how much longer the unlucky waited. */
import type { ClassResult, Result } from "../../experiment/result.ts";
import { numbers, words } from "../tables/table.ts";
import { duration } from "../units.ts";
import { chart } from "./chart.ts";
import { latencyAxis } from "./log-axis.ts";
import { dashes, palette, PLOT } from "./theme.ts";

const percentiles = ["p50", "p90", "p95", "p99", "p99.9", "p99.99"] as const;

/** More lines than this no eye tells apart; the table has the rest. */
const CLASSES = 8;

export const percentilesByClass = chart({
  name: "percentiles",
  section: "felt",
  title: "Latency by class",
  question: "Which requests were slow, and how far out is the tail?",

  draw(result) {
    const drawn = measured(result).slice(0, CLASSES);
    const values = drawn.flatMap(({ name, latency }) =>
      percentiles.flatMap((percentile) => {
        const value = latency[percentile];
        return value === null || value <= 0 ? [] : [{ class: name, percentile, value }];
      }),
    );
    if (values.length === 0) return null;
    const domain = drawn.map(({ name }) => name);
    return {
      width: PLOT.width,
      height: PLOT.height * 0.8,
      data: { values },
      mark: { type: "line", point: { size: 40, filled: true }, strokeWidth: 2 },
      encoding: {
        x: {
          field: "percentile",
          type: "ordinal",
          sort: percentiles,
          scale: { type: "point", padding: 0.2 },
          axis: { title: "percentile", labelAngle: 0 },
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
    return `The slowest class is ${worst.name}: p50 ${duration(p50)}, p99 ${duration(p99)}, at most ${duration(max)}.`;
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

function measured(result: Result): ClassResult[] {
  return result.classes.filter(({ latency, attack }) => latency.count > 0 && !attack);
}
