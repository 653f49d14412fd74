/** What a run leaves behind: plain data, ready for another thread. */
import type { Duration } from "../kernel/time.ts";
import type { SparseHistogram } from "../statistics/histogram.ts";
import type { ClassWindow, RequestCounts } from "./classMeter.ts";
import type { ConnectionCounts } from "./connections.ts";
import type { Entry } from "./journal.ts";
import type { OutcomeName } from "./outcomes.ts";
import type { PartReading } from "./parts/part.ts";
import type { CacheCounts } from "./population/cacheDesk.ts";
import type { SessionCounts } from "./population/sessionMeter.ts";

/** One reading of a part: its totals since the start, when it was taken. */
export interface PartSnapshot extends PartReading {
  readonly at: Duration;
  readonly arrived: number;
  /** Calls resolved at their callers, by outcome number. */
  readonly resolved: Float64Array;
  /** Instance-time in each state, by position in the list of states [instance ns]. */
  readonly stateTime: Float64Array;
  /** Calls that breakers of callers did not let go; absent where nobody has any. */
  readonly neverSent?: number;
  /** For each guard in turn: calls admitted, rejected, delayed, degraded; absent without guards. */
  readonly guards?: Float64Array;
}

export interface PartRecord {
  readonly name: string;
  readonly kind: string;
  readonly resource: "slots" | "cores" | "connections" | null;
  /** Whether hits and misses mean anything. */
  readonly keeps: boolean;
  /** What the guards at its door are called, in order. */
  readonly guards: readonly string[];
  /** Calls in flight at the start of the measured part, and at the end of the run. */
  readonly inFlightAtWarmUp: number;
  readonly inFlight: number;
  /** At the start, at the end of every window, and so at the end of the run. */
  readonly snapshots: readonly PartSnapshot[];
  /** At the end of the warm-up. */
  readonly warm: PartSnapshot;
  /** Of the measured part [ns]; null for a part without a queue. */
  readonly waitingTime: SparseHistogram | null;
  readonly serviceTime: SparseHistogram | null;
  readonly fleet: FleetRecord | null;
}

export interface FleetRecord {
  readonly type: string | null;
  readonly initial: number;
  /** Most instances alive at once, and fewest ready at once. */
  readonly peak: number;
  readonly readyMin: number;
  /** Types of the instances in the same order, where some have another than the fleet began with. */
  readonly types?: readonly (string | null)[];
  /** When each instance was launched, in the same order [ns]. */
  readonly launched: Float64Array;
  /** Time each instance was paid for: launch to end of life, or of the run [ns]. */
  readonly billed: Float64Array;
  /** Of that, what its warm pool was paid for [ns]; absent without one. */
  readonly standby?: number;
  /** The last so many of them are no instances but places in its reserve, paid all through the run; absent without one. */
  readonly reserves?: number;
}

/** Nodes that pods of several parts lived on; of snapshots, only what is known of their time in states. */
export type NodesRecord = Pick<PartRecord, "name" | "fleet" | "snapshots">;

export interface ClassRecord {
  readonly name: string;
  readonly workload: string;
  readonly attack: boolean;
  readonly all: RequestCounts;
  readonly measured: RequestCounts;
  readonly latency: SparseHistogram;
  readonly windows: readonly ClassWindow[];
}

/** Sessions of one workload that has a journey. */
export interface SessionRecord {
  readonly workload: string;
  readonly all: SessionCounts;
  readonly measured: SessionCounts;
}

/** Clients of one workload that keep answers, or have only so many connections. */
export interface ClientRecord {
  readonly workload: string;
  /** By class, those that asked a cache; null without caches. */
  readonly caches: readonly (CacheCounts & { readonly name: string })[] | null;
  readonly connections: (ConnectionCounts & { readonly limit: number }) | null;
}

/** All that one run leaves behind: plain data, ready for another thread. */
export interface RunRecord {
  /** What ran it; everything else is the same on both paths. */
  readonly engine: "express" | "events";
  readonly fingerprint: string;
  /** Kernel events executed. */
  readonly events: number;
  readonly classes: readonly ClassRecord[];
  readonly sessions: readonly SessionRecord[];
  /** Absent where there are none. */
  readonly clients?: readonly ClientRecord[];
  readonly parts: readonly PartRecord[];
  /** Absent where there are none. */
  readonly nodes?: readonly NodesRecord[];
  readonly journal: readonly Entry[];
  /** Some of its requests in all detail; absent unless they were asked for. */
  readonly exemplars?: readonly Exemplar[];
  /** Where the slowest spent their time; with the exemplars. */
  readonly slowest?: SlowestRecord;
}

/** Time of answered requests by part, as sums over all of them and over the slowest [ns]. */
export interface SlowestRecord {
  /** From this latency on a request is one of the slowest [ns]. */
  readonly latency: Duration;
  readonly requests: number;
  readonly slow: number;
  readonly parts: readonly {
    readonly part: string;
    readonly all: { readonly waiting: Duration; readonly working: Duration };
    readonly slow: { readonly waiting: Duration; readonly working: Duration };
  }[];
}

/** One request, and all calls that were made for it. */
export interface Exemplar {
  /** What it is an example of, and the latency that was looked for [ns]; null for a failure. */
  readonly of: "median" | "p99" | "slowest" | "failed";
  readonly wanted: Duration | null;
  readonly requestClass: string;
  /** The item it is about; null where it is about none. */
  readonly key: number | null;
  readonly bornAt: Duration;
  readonly endedAt: Duration;
  readonly outcome: OutcomeName;
  /** In the order in which they began; at most 500. */
  readonly spans: readonly ExemplarSpan[];
}

/** One stay of a call at a part. */
export interface ExemplarSpan {
  readonly part: string;
  readonly instance: string | null;
  /** The span whose work made the call, or which passed it on, by its position; null for none. */
  readonly parent: number | null;
  readonly attempt: number;
  readonly from: Duration;
  /** When it got its first slot; null if it never did, and at parts without slots. */
  readonly startedAt: Duration | null;
  /** When it ended for its caller; null if that had not happened by the end of the run. */
  readonly to: Duration | null;
  readonly outcome: OutcomeName | null;
}
