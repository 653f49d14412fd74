/**
 * How latencies were spread: over each window, and far into the tail.
 *
 * Both step along Renard's series R10 (ISO 3), ten steps to each power of ten, written in digits so
 * that they are the same numbers on every machine.
 */
import type { ClassRecord } from "../../model/platform.ts";
import { SECOND } from "../../kernel/time.ts";
import { valueOf, type Histogram } from "../../statistics/histogram.ts";
import type { ClassResult, WindowsResult } from "../result.ts";
import { inSeconds } from "./pooling.ts";

const R10 = ["1", "1.25", "1.6", "2", "2.5", "3.15", "4", "5", "6.3", "8"];
const steps = Array.from({ length: 16 }, (_, power) =>
  R10.map((digits) => Number(`${digits}e${power}`)),
).flat();

/** What every so many-th request exceeds, for as long as any does. */
export function tailOf(histogram: Histogram): ClassResult["tail"] {
  const { count } = histogram;
  const oneIn = steps.filter((rarity) => rarity <= count);
  const latency = oneIn.map((rarity) => inSeconds(histogram.quantile(1 - 1 / rarity))!);
  return { oneIn, latency };
}

/** Requests of each window by latency, counted over the replications. */
export function spreadOf(runs: readonly (readonly ClassRecord[])[]): WindowsResult["spread"] {
  const records = runs.flat();
  const windows = (records[0]?.windows ?? []).map((_, index) =>
    countsByStep(records.map((record) => record.windows[index]!)),
  );
  const met = windows.flatMap((counts) => [...counts.keys()]);
  if (met.length === 0) return { bounds: [], counts: [] };
  const [first, last] = met.reduce(
    ([least, most], step) => [Math.min(least, step), Math.max(most, step)],
    [Infinity, -Infinity],
  );
  const rows = Array.from({ length: last - first + 1 }, (_, row) => first + row);
  return {
    bounds: [...rows, last + 1].map((step) => steps[step]! / SECOND),
    counts: rows.map((step) => windows.map((counts) => counts.get(step) ?? 0)),
  };
}

/**
 * How many latencies lie between each step and the next, to the histogram's 0.4 %; those below the
 * first count to it.
 */
function countsByStep(windows: readonly ClassRecord["windows"][number][]): Map<number, number> {
  const found = new Map<number, number>();
  for (const { latency } of windows) {
    let step = 0;
    latency.indices.forEach((index, place) => {
      const value = valueOf(index);
      while (steps[step + 1]! <= value) step++;
      found.set(step, (found.get(step) ?? 0) + latency.counts[place]!);
    });
  }
  return found;
}
