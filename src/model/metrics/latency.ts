/** How long calls took. */
import { choice } from "../../schema/fields.ts";
import { metric } from "./metric.ts";

const shares = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

export const latency = metric({
  kind: "latency",
  summary:
    "Time from sending a call until the part has served it, as a mean or a percentile over the window.",
  notes:
    "Calls that were dropped, refused or lost took no time that anybody measures: under overload with short queues, latency looks better than it is.",
  example:
    "autoscalers:\n  web: { kind: threshold, metric: { kind: latency, percentile: p95 }, above: 300 ms, below: 50 ms, max: 40 }",
  level: "duration",
  options: {
    percentile: choice("Which percentile, or the mean.", [
      "mean",
      "p50",
      "p90",
      "p95",
      "p99",
    ]).default("p95"),
  },
  create({ percentile }) {
    return {
      title: `${percentile} latency`,
      readsLatency: true,
      ofPart({ part }) {
        if (part === null) return null;
        const times = part.latency();
        return percentile === "mean" ? times.mean : times.quantile(shares[percentile]);
      },
    };
  },
});
