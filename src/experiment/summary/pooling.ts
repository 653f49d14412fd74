/** Small sums over replications that every part of a result needs. */
import { outcomes } from "../../model/outcomes.ts";
import { SECOND } from "../../kernel/time.ts";
import { Histogram, type SparseHistogram } from "../../statistics/histogram.ts";
import { studentInterval } from "../../statistics/intervals.ts";
import { quantileAcross, quantileByRanks } from "../../statistics/quantiles.ts";
import type { Estimate, Latency } from "../result.ts";

/** Percentiles a result tells, by name. */
export const percentiles = {
  p50: 0.5,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
  "p99.9": 0.999,
  "p99.99": 0.9999,
} as const;

export type PercentileName = keyof typeof percentiles;

export function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

export function mean<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return sum(items, value) / items.length;
}

/** One histogram of all. */
export function pooled(histograms: readonly SparseHistogram[]): Histogram {
  const all = new Histogram();
  for (const sparse of histograms) all.merge(Histogram.fromSparse(sparse));
  return all;
}

/** A time in seconds; null stays null. */
export function inSeconds(nanoseconds: number | null): number | null {
  return nanoseconds === null ? null : nanoseconds / SECOND;
}

/** A histogram of nanoseconds as latencies in seconds. */
export function latencyOf(histogram: Histogram): Latency {
  const quantile = (name: PercentileName) => inSeconds(histogram.quantile(percentiles[name]));
  return {
    count: histogram.count,
    mean: inSeconds(histogram.mean),
    p50: quantile("p50"),
    p90: quantile("p90"),
    p95: quantile("p95"),
    p99: quantile("p99"),
    "p99.9": quantile("p99.9"),
    "p99.99": quantile("p99.99"),
    max: inSeconds(histogram.max),
  };
}

/** Mean and interval over replications; null when one of them has no value, no interval for one run. */
export function estimateOf(values: readonly (number | null)[], confidence: number): Estimate {
  const known = values.filter((value) => value !== null);
  if (known.length < values.length) return { mean: null, halfWidth: null };
  return studentInterval(known, confidence);
}

/** A percentile [s] of every run: its mean, and the interval for all of them together. */
export function percentileEstimate(
  runs: readonly SparseHistogram[],
  name: PercentileName,
  confidence: number,
): Estimate {
  const p = percentiles[name];
  const values = runs.map((run) => inSeconds(Histogram.fromSparse(run).quantile(p)));
  const single = runs.length === 1;
  const found = single
    ? quantileByRanks(runs[0]!, p, confidence)
    : quantileAcross(runs, p, confidence);
  if (found === null) return estimateOf(values, confidence);
  const by = single ? ("ranks" as const) : ("replications" as const);
  const interval = { low: found.low / SECOND, high: inSeconds(found.high), by };
  return { ...estimateOf(values, confidence), interval };
}

/** How many ended in each way that is not `ok`, by name; ways that never happened are left out. */
export function causesOf(counts: readonly Float64Array[]): Record<string, number> {
  const named = outcomes
    .map((name, number) => [name, sum(counts, (each) => each[number]!)] as const)
    .filter(([name, count]) => name !== "ok" && count > 0);
  return Object.fromEntries(named);
}

/** A quotient; null where there is nothing to divide by. */
export function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** A share that rounding may have pushed a hair past its bounds. */
export function shareOf(part: number, whole: number): number | null {
  const quotient = ratio(part, whole);
  return quotient === null ? null : Math.min(1, Math.max(0, quotient));
}
