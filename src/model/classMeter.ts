/** What is counted of one class of requests: in all, in the measured part, and in the current window. */
import type { Duration } from "../kernel/time.ts";
import { Histogram, type Durations, type SparseHistogram } from "../statistics/histogram.ts";
import { outcomes, type Outcome } from "./outcomes.ts";

/** Requests and their fates over some stretch of a run. */
export interface RequestCounts {
  generated: number;
  succeeded: number;
  /** By outcome number; position 0 (ok) stays 0. */
  readonly failed: Float64Array;
  /** Attempts sent, the first of each request included; none for one answered at the client. */
  attempts: number;
}

/** One window as it closed. Requests count where they are born, their fates where they end. */
export interface ClassWindow extends RequestCounts {
  /** Latencies of the requests that succeeded in it [ns]. */
  readonly latency: SparseHistogram;
}

export class ClassMeter {
  readonly name: string;
  readonly workload: string;
  /** Whether its requests are an attack -- constant. */
  readonly attack: boolean;
  readonly windows: ClassWindow[] = [];
  /** Latencies of measured requests that succeeded, up to the last window that closed [ns]. */
  readonly latency = new Histogram();
  /** Requests of the windows that have closed, and of them those born after the warm-up. */
  private readonly before: RequestCounts = none();
  private readonly measuredBefore: RequestCounts = none();
  /** Of the window that is open: requests born after the warm-up, and those born before. */
  private readonly fresh = new Tally();
  private readonly early = new Tally();

  constructor(name: string, workload: string, attack: boolean) {
    this.name = name;
    this.workload = workload;
    this.attack = attack;
  }

  /** All requests so far. */
  get all(): RequestCounts {
    return sum(this.before, this.fresh.counts, this.early.counts);
  }

  /** Requests born after the warm-up, whenever they end. */
  get measured(): RequestCounts {
    return sum(this.measuredBefore, this.fresh.counts);
  }

  born(measured: boolean, requests = 1): void {
    const { counts } = measured ? this.fresh : this.early;
    counts.generated += requests;
    counts.attempts += requests;
  }

  /** A request is born that need not be sent. */
  bornUnsent(measured: boolean): void {
    (measured ? this.fresh : this.early).counts.generated++;
  }

  retried(measured: boolean): void {
    (measured ? this.fresh : this.early).counts.attempts++;
  }

  succeeded(latency: Duration, measured: boolean): void {
    const tally = measured ? this.fresh : this.early;
    tally.counts.succeeded++;
    tally.latency.record(latency);
  }

  /** So many requests at once, all of them measured. */
  succeededAll(latencies: Durations, count: number): void {
    this.fresh.counts.succeeded += count;
    this.fresh.latency.recordAll(latencies, count);
  }

  failed(outcome: Outcome, measured: boolean): void {
    (measured ? this.fresh : this.early).counts.failed[outcome]!++;
  }

  closeWindow(): void {
    const { fresh, early, latency } = this;
    latency.merge(fresh.latency);
    const both = early.latency.isEmpty ? fresh.latency : early.latency;
    if (both !== fresh.latency) both.merge(fresh.latency);
    this.windows.push({ ...sum(fresh.counts, early.counts), latency: both.toSparse() });
    add(this.before, fresh.counts);
    add(this.before, early.counts);
    add(this.measuredBefore, fresh.counts);
    fresh.reset();
    early.reset();
  }
}

/** What is counted once for each request, and added up when the window closes. */
class Tally {
  readonly counts = none();
  readonly latency = new Histogram();

  reset(): void {
    clear(this.counts);
    this.latency.reset();
  }
}

function sum(...all: readonly RequestCounts[]): RequestCounts {
  const total = none();
  for (const counts of all) add(total, counts);
  return total;
}

// Both are called for every class and window: a loop takes half the time of a function of outcomes.
function add(
  total: RequestCounts,
  { generated, succeeded, failed, attempts }: RequestCounts,
): void {
  total.generated += generated;
  total.succeeded += succeeded;
  total.attempts += attempts;
  for (let outcome = 0; outcome < failed.length; outcome++)
    total.failed[outcome]! += failed[outcome]!;
}

function clear(counts: RequestCounts): void {
  counts.generated = 0;
  counts.succeeded = 0;
  counts.attempts = 0;
  for (let outcome = 0; outcome < counts.failed.length; outcome++) counts.failed[outcome] = 0;
}

function none(): RequestCounts {
  return { generated: 0, succeeded: 0, failed: new Float64Array(outcomes.length), attempts: 0 };
}

/** Requests that have not ended [requests]. */
export function inFlight({ generated, succeeded, failed }: RequestCounts): number {
  return failed.reduce((rest, count) => rest - count, generated - succeeded);
}
