/** Every window of every class and part, one row each. */
import type { Result } from "../../experiment/result.ts";
import { instant } from "../clock.ts";
import { named, type Cell, type Sheet } from "./csv.ts";

const measures = ["mean", "p50", "p90", "p95", "p99", "p99.9", "max"] as const;
const levels = [
  "capacity",
  "utilisation",
  "queueLength",
  "waitingTime",
  "serviceTime",
  "hitRatio",
] as const;

export function timeseries(result: Result): Sheet {
  const { start, classes, parts } = result.windows;
  const failures = [
    ...Object.values(classes).map(({ failed }) => failed),
    ...Object.values(parts).map((part) => part.failures),
  ];
  const causes = [...new Set(failures.flatMap((byCause) => Object.keys(byCause)))];
  const none = (size: number) => Array.from({ length: size }, () => null);
  const rows = start.flatMap((seconds, at): Cell[][] => {
    const time = [seconds, instant(result.run.clock, seconds)];
    const ofClasses = Object.entries(classes).map(([name, entry]) => {
      const failed = causes.map((cause) => entry.failed[cause]?.[at] ?? null);
      const rates = [entry.arrivals[at]!, entry.attempts[at]!, entry.goodput[at]!, total(failed)];
      const latencies = measures.map((measure) => entry[measure][at]!);
      return [
        ...time,
        "class",
        named(name),
        ...rates,
        ...failed,
        entry.inFlight[at]!,
        ...latencies,
        ...none(levels.length + 1),
      ];
    });
    const ofParts = Object.entries(parts).map(([name, entry]) => {
      const rates = [entry.arrivals[at]!, null, entry.ok[at]!, entry.failed[at]!];
      const failed = causes.map((cause) => entry.failures[cause]?.[at] ?? null);
      const level = levels.map((measure) => entry[measure][at]!);
      return [
        ...time,
        "part",
        named(name),
        ...rates,
        ...failed,
        ...none(1 + measures.length),
        ...level,
        result.cost.spending[name]?.[at] ?? null,
      ];
    });
    return [...ofClasses, ...ofParts];
  });
  return {
    columns: [
      ...["start_s", "time", "subject", "name"],
      ...["arrivals_per_s", "attempts_per_s", "ok_per_s", "failed_per_s"],
      ...causes.map((cause) => `failed_${cause}_per_s`),
      "in_flight",
      ...measures.map((measure) => `latency_${measure}_s`),
      ...["capacity_per_s", "utilisation", "queue_length", "waiting_time_s"],
      ...["service_time_s", "hit_ratio", "billed_per_h"],
    ],
    rows,
  };
}

function total(rates: readonly (number | null)[]): number {
  return rates.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
}
