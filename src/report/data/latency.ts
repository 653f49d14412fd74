/** Latencies of classes, waiting and service times of parts [s]. */
import type { Latency, Result } from "../../experiment/result.ts";
import { named, type Cell, type Sheet } from "./csv.ts";

const percentiles = ["mean", "p50", "p90", "p95", "p99", "p99.9", "p99.99", "max"] as const;

export function latency(result: Result): Sheet {
  const row = (subject: string, name: string, measure: string, latency: Latency): Cell[] => [
    subject,
    named(name),
    measure,
    latency.count,
    ...percentiles.map((percentile) => latency[percentile]),
  ];
  return {
    columns: ["subject", "name", "measure", "count", ...percentiles.map((name) => `${name}_s`)],
    rows: [
      row("class", "all", "latency", result.total.latency),
      ...result.classes.map((entry) =>
        row(entry.attack ? "attack" : "class", entry.name, "latency", entry.latency),
      ),
      ...result.parts.flatMap(({ name, waitingTime, serviceTime }) => [
        ...(waitingTime ? [row("part", name, "waiting-time", waitingTime)] : []),
        ...(serviceTime ? [row("part", name, "service-time", serviceTime)] : []),
      ]),
    ],
  };
}
