/** What a floor is: one model written by hand, as tight as TypeScript goes, and what it answers. */
import type { Duration } from "../../src/kernel/time.ts";
import type { Histogram } from "../../src/statistics/histogram.ts";

export interface FloorRun {
  /** Requests that arrived [requests]. */
  readonly requests: number;
  /** Events executed; cancelled timers are not among them [events]. */
  readonly events: number;
  /** Latencies of the requests that were answered in time [ns]. */
  readonly latency: Histogram;
}

/** Simulates so long [ns] with the streams of a scenario's seed, so that both see the same luck. */
export type Floor = (duration: Duration, seed: string) => FloorRun;
