/**
 * Results as a run of forty minutes would leave them, without running one.
 *
 * A quiet evening, a spike at 00:00, a crash at 00:08: three classes, four parts, two objectives of
 * which one is missed. Every number follows from plain arithmetic, so the same call gives the same
 * bytes, and the sums that the simulator guarantees hold here too.
 */
import { resultSchema, type Result } from "../../src/experiment/result.ts";
import { drillSketch } from "./drillSketch.ts";
import { exemplarSketch } from "./exemplars.ts";
import {
  classNames,
  classPace,
  classShare,
  costSketch,
  DURATION,
  eventSketch,
  latencies,
  parts,
  partSketch,
  partWindows,
  spreadSketch,
  sum,
  tails,
  tally,
  together,
  WINDOW,
  windowsOf,
} from "./sketch.ts";

export interface SampleOptions {
  readonly title?: string;
  /** Replaces the name of the class "checkout". */
  readonly hostileName?: string;
  readonly clock?: string | null;
  readonly replications?: number;
}

/** A Result that satisfies its schema; fresh on every call. */
export function sampleResult(options: SampleOptions = {}): Result {
  const start = Array.from({ length: DURATION / WINDOW }, (_, window) => window * WINDOW);
  const rename = (name: string) => (name === "checkout" ? (options.hostileName ?? name) : name);
  const classes = classNames.map((name) => tally(name, start));
  const total = classes.reduce(together);
  const replications = options.replications ?? 10;
  const costs = costSketch();

  return resultSchema.parse({
    format: "loadstar/result",
    version: "1.0",
    engine: "0.1.0",
    runId: "3f9c2b7a10de",
    fingerprint: "9d41c7e2a8b05f36",
    title: options.title ?? "Double 11 at midnight, one node lost at 00:08",
    scenario: "double-eleven",
    variant: "reactive",
    seed: "1111",
    run: {
      duration: DURATION,
      warmUp: 180,
      clock: options.clock === undefined ? "2026-11-10T23:40:00+08:00" : options.clock,
      replications,
      confidence: 0.95,
    },
    objectives: [
      {
        name: "99.95 % of requests succeed",
        kind: "availability",
        of: null,
        percentile: null,
        target: 0.9995,
        observed: total.succeeded / (total.succeeded + sum(Object.values(total.failed))),
        estimate:
          replications > 1
            ? { mean: 0.9627, halfWidth: 0.0021 }
            : { mean: 0.9627, halfWidth: null },
        met: false,
        byTime: 0.913,
        byRun: { kept: 0, of: replications, missChance: { low: 0.69, high: 1 } },
        budget: {
          allowed: total.generated * 0.0005,
          spent: sum(Object.values(total.failed)),
          left: total.generated * 0.0005 - sum(Object.values(total.failed)),
        },
      },
      {
        name: `p99 of ${rename("checkout")} below 800 ms`,
        kind: "latency",
        of: rename("checkout"),
        percentile: "p99",
        target: 0.8,
        observed: 0.7312,
        estimate:
          replications > 1
            ? { mean: 0.7297, halfWidth: 0.0184 }
            : { mean: 0.7297, halfWidth: null },
        met: true,
        byTime: 0.96,
        byRun: { kept: replications, of: replications, missChance: { low: 0, high: 0.26 } },
        budget: null,
      },
    ],
    met: false,
    drill: drillSketch(rename("checkout")),
    availability: {
      byRequest: total.succeeded / (total.succeeded + sum(Object.values(total.failed))),
      byTime: 0.913,
      threshold: 0.9995,
    },
    bottleneck: {
      part: "web",
      at: 1210,
      evidence: "ran-out",
      sentence: "web ran out of slots and its queues filled ten seconds after midnight",
    },
    samples: [
      {
        metric: "p99",
        of: null,
        unit: "s",
        values: Array.from({ length: replications }, (_, run) => 0.4 + run / 1000),
      },
    ],
    total: {
      ...total,
      latency: latencies(0.021, total.generated),
      tail: tails(0.021),
      estimates: {},
    },
    sessions: [],
    classes: classNames.map((name, index) => ({
      ...classes[index]!,
      name: rename(name),
      workload: "shoppers",
      latency: latencies(0.019 * classPace[name], classes[index]!.generated),
      tail: tails(0.019 * classPace[name]),
      estimates: { p99: { mean: 0.4 * classPace[name], halfWidth: 0.012 * classPace[name] } },
    })),
    parts: Object.entries(parts).map(([name, part]) => partSketch(name, part, total.generated)),
    windows: {
      length: WINDOW,
      start,
      spread: spreadSketch(start),
      classes: Object.fromEntries([
        ["all", windowsOf(start, 1, 1)],
        ...classNames.map((name) => [
          rename(name),
          windowsOf(start, classShare[name], classPace[name]),
        ]),
      ]),
      parts: Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, partWindows(name, part, start)]),
      ),
    },
    edges: [
      { kind: "workload", from: "shoppers", to: "edge" },
      { kind: "part", from: "edge", to: "web" },
      { kind: "part", from: "web", to: "catalogue" },
      { kind: "part", from: "web", to: "stock" },
      { kind: "part", from: "catalogue", to: "stock" },
    ],
    events: eventSketch(),
    exemplars: exemplarSketch(rename("checkout")),
    incidents: [
      {
        ...{ replication: 0, at: 1680, until: 1800, what: "crash", part: "web", instances: 1 },
        ...{ felt: true, detected: 4, failedOver: 5.5, paged: 105, pagedBy: "failing" },
        ...{ recovered: 140, failed: 3000, share: 0.25 },
      },
    ],
    alerts: {
      rules: [
        {
          ...{ rule: "failing", says: "more than 5 % of all requests fail over 1 min" },
          ...{ severity: "page", fired: 2, told: 1, false: 1 },
        },
      ],
      firings: [
        {
          ...{ rule: "failing", says: "more than 5 % of all requests fail over 1 min" },
          ...{ severity: "page", replication: 0, pendingAt: 1695, firedAt: 1755, resolvedAt: 1830 },
          ...{ toldAt: 1785, repeats: 0, overToldAt: 2085, worst: 0.31, false: false },
        },
        {
          ...{ rule: "failing", says: "more than 5 % of all requests fail over 1 min" },
          ...{ severity: "page", replication: 1, pendingAt: 300, firedAt: 360, resolvedAt: 375 },
          ...{ toldAt: null, repeats: 0, overToldAt: null, worst: 0.06, false: true },
        },
      ],
    },
    cost: costs,
    conservation: {
      generated: total.generated + 1_728_000,
      succeeded: total.succeeded + 1_727_400,
      failed: sum(Object.values(total.failed)) + 600,
      inFlight: total.inFlight,
      calls: { arrived: 88_012_345, resolved: 88_012_321, inFlight: 24 },
    },
    warnings: [
      "The queue of web was still longer at the end than at the start of the spike: means over the whole run depend on its length.",
    ],
    assumptions: [
      `Requests of ${rename("checkout")} reach the entry without network delay, because no link is declared.`,
      "A failed health check is retried at its ordinary interval.",
    ],
    resolved: {
      title: options.title ?? "Double 11 at midnight, one node lost at 00:08",
      seed: "1111",
      run: { duration: "40 min", "warm-up": "3 min", replications },
      parts: {
        web: { kind: "service", slots: 16, queue: { discipline: "fifo", limit: 64 } },
        catalogue: { kind: "cache", "stale-while-revalidate": "0 ns", writes: { kind: "aside" } },
      },
      note: options.hostileName ?? null,
    },
  });
}
