/** Too slow: a percentile of the latencies between scrapes. */
import { SECOND } from "../../kernel/time.ts";
import { formatDuration } from "../../schema/format.ts";
import { choice, duration, name } from "../../schema/fields.ts";
import { alert, usualFields } from "./alert.ts";

const percentiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, "p99.9": 0.999 } as const;

export const latency = alert({
  kind: "latency",
  summary: "Fires while a percentile of latency, of requests that succeed, is too high.",
  example: "alerts:\n  slow: { kind: latency, percentile: p99, above: 800 ms, for: 2 min }",
  options: {
    class: name("The request class; all of them unless given.").optional(),
    percentile: choice("Which percentile.", ["p50", "p90", "p95", "p99", "p99.9"]).default("p99"),
    above: duration("What it must exceed."),
    ...usualFields,
  },
  create: ({ class: of, percentile, above, over, for: wait, severity }) => ({
    needs: { class: of },
    conditions: [
      {
        says: `${percentile} of ${of ?? "all"} requests above ${formatDuration(above)} over ${formatDuration(over)}`,
        severity,
        windows: [over],
        for: wait,
        holds: (value) => value > above / SECOND,
        value(telemetry, now) {
          const found = telemetry.latencies({ now, over }, of).quantile(percentiles[percentile]);
          return found === null ? null : found / SECOND;
        },
      },
    ],
  }),
});
