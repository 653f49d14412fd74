/**
 * What an experiment says: one plain, versioned document that every report is made from.
 *
 * Minor versions add fields, major versions may change them. Times are seconds from the start of
 * the run, shares are 0 to 1, money is a decimal string, and a number that does not exist is null.
 * Counts are summed over the replications; rates, levels and intervals are per replication.
 */
import { z } from "zod";
import { alertsResult, incidentResult } from "./result/alerts.ts";
import { blameResult } from "./result/blame.ts";
import { costResult } from "./result/cost.ts";
import { exemplarResult, slowestResult } from "./result/exemplars.ts";
import { count, estimate, number, seconds, series, share } from "./result/fields.ts";
import { drillResult } from "./result/drill.ts";
import { objectiveResult } from "./result/objectives.ts";

/** Something that every replication has one number for. */
export const quantity = z.strictObject({
  /** "availability", "mean", a percentile of latency by its name, or "cost". */
  metric: z.string(),
  /** Request class, or null for all. */
  of: z.string().nullable(),
  /** "share", "s", or a currency. */
  unit: z.string(),
});

/** One number for each replication, in their order: what comparisons are made from. */
export const sample = quantity.extend({ values: z.array(number.nullable()) });

/** Latencies in seconds. Null where nothing was measured. */
export const latency = z.strictObject({
  count,
  mean: seconds.nullable(),
  p50: seconds.nullable(),
  p90: seconds.nullable(),
  p95: seconds.nullable(),
  p99: seconds.nullable(),
  "p99.9": seconds.nullable(),
  "p99.99": seconds.nullable(),
  max: seconds.nullable(),
});

/** How many ended in each way that is not `ok`; causes that never happened are left out. */
const causes = z.record(z.string(), count);

/** Requests of one class, born in the measured part of the run. generated = succeeded + failed + inFlight. */
export const classResult = z.strictObject({
  name: z.string(),
  workload: z.string(),
  /** Whether its requests are an attack, which no total counts. */
  attack: z.boolean().default(false),
  generated: count,
  succeeded: count,
  failed: causes,
  inFlight: count,
  /** Attempts made for them, the first included. */
  attempts: count,
  latency,
  /** Its far end: what one request in so many exceeded, as far as requests were measured [s]. */
  tail: z
    .strictObject({ oneIn: z.array(number.min(1)), latency: z.array(seconds) })
    .default({ oneIn: [], latency: [] }),
  /** Latency estimates over replications, by the same names. */
  estimates: z.record(z.string(), estimate),
});

/** Sessions of one workload, begun in the measured part of the run. started = completed + abandoned + underWay. */
export const sessionResult = z.strictObject({
  workload: z.string(),
  started: count,
  completed: count,
  /** Left early because an answer was slow or wrong. */
  abandoned: count,
  underWay: count,
  /** Share completed of those that ended, over replications. */
  completion: estimate,
});

/** Requests of one class that asked the caches of their users. hits were answered there, misses were sent. */
export const clientCacheResult = z.strictObject({
  class: z.string(),
  workload: z.string(),
  hits: count,
  misses: count,
  /** Share of hits, over replications. */
  hitRatio: estimate,
});

/** Calls of one workload that asked for one of its connections. */
export const clientConnectionsResult = z.strictObject({
  workload: z.string(),
  connections: count,
  calls: count,
  /** Of them, those that had to wait. */
  waited: count,
  /** Of those, the ones that were never sent: their timeout was over. */
  gaveUp: count,
  /** Mean wait of all calls, and the longest of one. */
  meanWait: seconds.nullable(),
  longestWait: seconds,
});

/** Instances of one part over the run, per replication. */
export const fleetResult = z.strictObject({
  type: z.string(),
  initial: count,
  /** The most instances that were running or starting at one time. */
  peak: number,
  /** The fewest ready at one time. */
  readyMin: number,
  readyMean: number,
});

/** One part. arrived = ok + failed + inFlight, over the measured part of the run. */
export const partResult = z.strictObject({
  name: z.string(),
  kind: z.string(),
  calls: z.strictObject({
    arrived: count,
    ok: count,
    failed: causes,
    inFlight: count,
    /** Calls that callers' circuit breakers kept back: not among the arrived. Absent without breakers. */
    neverSent: count.optional(),
  }),
  /** What utilisation is a share of: cores where steps declare cpu, else slots; connections of a pool. */
  resource: z.enum(["slots", "cores", "connections"]).nullable(),
  /** Busy share of that, over the serving instances. */
  utilisation: share.nullable(),
  queueLength: z.strictObject({ mean: number, max: count }).nullable(),
  waitingTime: latency.nullable(),
  /** From start of service to the answer: work and the calls made meanwhile. */
  serviceTime: latency.nullable(),
  /** Mean time of a call on the cores [s]; null where utilisation is not a share of cores. */
  workTime: seconds.nullable().default(null),
  /** Slot time spent on calls whose caller had already gone, as a share of all slot time. */
  wasted: share.nullable(),
  cache: z
    .strictObject({
      hits: count,
      misses: count,
      coalesced: count,
      evictions: count,
      /** Answers with an item past its time: hits, or misses whose fetch failed. */
      stale: count.default(0),
      /** Hits that a filter told to be of no item there is. */
      filtered: count.default(0),
      hitRatio: share.nullable(),
    })
    .nullable(),
  /** What the guards at its door decided, in order; absent without guards. */
  guards: z
    .array(
      z.strictObject({
        name: z.string(),
        /** Calls let in; of those, how many had to wait, and how many got a cheaper answer. */
        admitted: count,
        delayed: count,
        degraded: count,
        rejected: count,
      }),
    )
    .optional(),
  /** Busy share of its disks and networks, null where it has none; absent without either. */
  hardware: z.strictObject({ disk: share.nullable(), network: share.nullable() }).optional(),
  fleet: fleetResult.nullable(),
  estimates: z.record(z.string(), estimate),
});

/** Windows over the whole run, warm-up included. Rates are per second, means over replications. */
export const windowsResult = z.strictObject({
  /** Length of a window [s]. The last one may be shorter. */
  length: seconds,
  start: z.array(seconds),
  /**
   * Requests of all classes by latency, attacks left out: counts[i] has for each window how many took
   * from bounds[i] to less than bounds[i + 1] [s], summed over the replications.
   */
  spread: z
    .strictObject({ bounds: z.array(seconds), counts: z.array(z.array(count)) })
    .default({ bounds: [], counts: [] }),
  /** By class name, and "all" for every class together, attacks left out. */
  classes: z.record(
    z.string(),
    z.strictObject({
      /** Requests born [1/s]. */
      arrivals: series,
      /** Requests answered right [1/s]. */
      goodput: series,
      /** Requests that failed [1/s], by cause. */
      failed: z.record(z.string(), series),
      /** Attempts sent [1/s]: more than the arrivals when there are retries. */
      attempts: series,
      /** Requests not ended when the window closes. */
      inFlight: series,
      mean: series,
      p50: series,
      p90: series,
      p95: series,
      p99: series,
      "p99.9": series,
      max: series,
    }),
  ),
  /** By part name. */
  parts: z.record(
    z.string(),
    z.strictObject({
      /** Calls arriving [1/s]. */
      arrivals: series,
      ok: series,
      failed: series,
      /** The same by cause [1/s]. */
      failures: z.record(z.string(), series),
      /** What the ready instances could complete [calls/s], from slots and observed service times; null when unknown. */
      capacity: series,
      utilisation: series,
      queueLength: series,
      waitingTime: series,
      /** Mean from the start of service to the answer [s]. */
      serviceTime: series,
      hitRatio: series,
      /** Mean number of instances in each state during the window. */
      instances: z.record(z.string(), series),
    }),
  ),
  /** By name of a pool of nodes, the mean number of them in each state; absent where there are none. */
  nodes: z.record(z.string(), z.record(z.string(), series)).optional(),
});

/** Something that happened to a platform: a fault, a verdict of a health check, a scaling decision. */
export const eventResult = z.strictObject({
  at: seconds,
  /** Which replication, from 0. */
  replication: count,
  plane: z.enum(["fate", "health", "scaling", "fleet"]),
  part: z.string().nullable(),
  instance: z.string().nullable(),
  /** In a word or two: "crash", "marked down", "scale out". */
  what: z.string(),
  /** Why, with the arithmetic: "12 ready at 183 % of 60 % → ⌈36.6⌉ = 37, capped by 100 % per 15 s → 24". */
  reason: z.string(),
  /** When a stretch of time ended (faults), if it did within the run. */
  until: seconds.nullable(),
});

export const resultSchema = z.strictObject({
  format: z.literal("loadstar/result"),
  version: z.literal("1.0"),
  /** Version of Loadstar that simulated it. */
  engine: z.string(),
  /** First 12 hex digits of the hash of resolved scenario, replayed files, seed and engine. */
  runId: z.string(),
  fingerprint: z.string(),
  title: z.string(),
  /** The scenario file's name without folder or ending: "double-eleven". */
  scenario: z.string(),
  variant: z.string().nullable(),
  seed: z.string(),
  run: z.strictObject({
    duration: seconds,
    warmUp: seconds,
    /** RFC 3339 instant with offset at which the run starts, as written; null when not given. */
    clock: z.string().nullable(),
    replications: z.int().min(1),
    confidence: share,
  }),
  objectives: z.array(objectiveResult),
  /** Every objective met; null when there are none. */
  met: z.boolean().nullable(),
  availability: z.strictObject({
    /** Succeeded of completed requests. */
    byRequest: share.nullable(),
    /** Share of windows with traffic in which availability met the first availability objective (or 99.9 %). */
    byTime: share.nullable(),
    /** The threshold byTime used. */
    threshold: share,
    /** How many nines byRequest has: 3 of 99.9 %; null when nothing failed. */
    nines: number.nullable().default(null),
  }),
  /** What gave way first: the part and the instant it first ran out of slots with a queue, or refused, dropped or lost calls. */
  bottleneck: z
    .strictObject({
      part: z.string(),
      at: seconds,
      /** It ran out of slots or cores, turned calls away, or merely came closest to running out. */
      evidence: z.enum(["ran-out", "failed", "came-closest"]),
      sentence: z.string(),
    })
    .nullable(),
  /** Cost, availability and latencies, one number for each replication. */
  samples: z.array(sample),
  /** All classes together, attacks left out. */
  total: classResult.omit({ name: true, workload: true, attack: true }),
  classes: z.array(classResult),
  /** Of every workload with a journey. */
  sessions: z.array(sessionResult),
  /** Absent where no users keep answers. */
  clientCaches: z.array(clientCacheResult).optional(),
  /** Absent where clients have as many connections as they like. */
  clientConnections: z.array(clientConnectionsResult).optional(),
  parts: z.array(partResult),
  /** Who calls whom, in the order of the scenario; workloads come first. */
  edges: z
    .array(z.strictObject({ kind: z.enum(["workload", "part"]), from: z.string(), to: z.string() }))
    .default([]),
  windows: windowsResult,
  events: z.array(eventResult),
  /** What became of each fault, by replication: the first two hundred of each. */
  incidents: z.array(incidentResult).default([]),
  /** The share of unavailability by cause; empty where nothing failed. */
  blame: z.array(blameResult).default([]),
  /** Alerts: absent in a scenario without any. */
  alerts: alertsResult.optional(),
  /** Requests in all detail, where the scenario asks for traces. */
  exemplars: z.array(exemplarResult).max(4).default([]),
  slowest: slowestResult.nullable().default(null),
  cost: costResult,
  /** Over the whole run, warm-up included; the simulator asserts that both sides are equal. */
  conservation: z.strictObject({
    generated: count,
    succeeded: count,
    failed: count,
    inFlight: count,
    calls: z.strictObject({ arrived: count, resolved: count, inFlight: count }),
  }),
  /** What the reader must know to trust the numbers: single run, short warm-up, infinite variance. */
  warnings: z.array(z.string()),
  /** Assumptions made where the scenario was silent, in sentences. */
  assumptions: z.array(z.string()),
  /** Files the scenario replayed, pinned by their content. */
  files: z.array(z.strictObject({ file: z.string(), sha256: z.string() })).default([]),
  /** The resolved scenario, every default filled in, in the words of the scenario language. */
  resolved: z.record(z.string(), z.unknown()),
  /** The game-day drill that was held after the run; absent without one. */
  drill: drillResult.optional(),
});

/** "availability", "p99 of checkout", "cost". */
export function quantityName({ metric, of }: Pick<Quantity, "metric" | "of">): string {
  return of === null ? metric : `${metric} of ${of}`;
}

export type Result = z.output<typeof resultSchema>;
export type Quantity = z.output<typeof quantity>;
export type Sample = z.output<typeof sample>;
export type ClassResult = z.output<typeof classResult>;
export type SessionResult = z.output<typeof sessionResult>;
export type PartResult = z.output<typeof partResult>;
export type ObjectiveResult = z.output<typeof objectiveResult>;
export type EventResult = z.output<typeof eventResult>;
export type ExemplarResult = z.output<typeof exemplarResult>;
export type CostResult = z.output<typeof costResult>;
export type { DrillResult, DrillTrial } from "./result/drill.ts";
export type WindowsResult = z.output<typeof windowsResult>;
export type Latency = z.output<typeof latency>;
export type Estimate = z.output<typeof estimate>;
