/** A vertical axis of latencies on a log scale, mostly with lines at one, two and five of each power of ten. */
import { duration } from "../units.ts";
import type { Spec } from "./chart.ts";

/** Beyond this many lines only the powers of ten are drawn. */
const LINES = 10;
/** With fewer than these, finer ones are drawn. */
const FEWEST = 3;

/** Scale and axis for these latencies [s]; null and nothing are left out, as a logarithm needs something. */
export function latencyAxis(values: readonly (number | null)[]): Spec {
  let least = Infinity;
  let most = 0;
  for (const value of values) {
    if (value === null || value <= 0) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const domain = [least * 0.8, most * 1.25] as const;
  const ticks = latencyTicks(...domain);
  const labels = Object.fromEntries(ticks.map((value) => [String(value), plain(value)]));
  return {
    scale: { type: "log", nice: false, domain },
    axis: {
      title: "latency (log scale)",
      values: ticks,
      // Vega thins even given values of a log scale down to this many.
      tickCount: 10 * LINES,
      labelExpr: `(${JSON.stringify(labels)})[datum.value]`,
    },
  };
}

/** Round latencies between two bounds [s], from nanoseconds up. */
export function latencyTicks(low: number, high: number): number[] {
  const decades = Array.from({ length: 18 }, (_, place) => place - 9);
  const withDigits = (digits: readonly number[]) =>
    decades
      .flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
      .filter((value) => value >= low && value <= high);
  const inside = withDigits([1, 2, 5]);
  if (inside.length < FEWEST) return withDigits([1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9]);
  if (inside.length <= LINES) return inside;
  return inside.filter((value) => /^1/.test(value.toExponential()));
}

/** "50 ms": round numbers need no decimals. */
function plain(value: number): string {
  return duration(value).replace(/\.0+(?= )/, "");
}
