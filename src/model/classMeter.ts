/** What is counted of one class of requests: in all, in the measured part, and in the current window. */
import type { Duration } from "../kernel/time.ts";
import { Histogram, type SparseHistogram } from "../statistics/histogram.ts";
import { outcomes, type Outcome } from "./outcomes.ts";

/** Requests and their fates over some stretch of a run. */
export interface RequestCounts {
  generated: number;
  succeeded: number;
  /** By outcome number; position 0 (ok) stays 0. */
  readonly failed: Float64Array;
  /** Attempts sent, the first of each request included. */
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
  readonly all: RequestCounts = none();
  /** Requests born after the warm-up, whenever they end. */
  readonly measured: RequestCounts = none();
  /** Latencies of measured requests that succeeded [ns]. */
  readonly latency = new Histogram();
  readonly windows: ClassWindow[] = [];
  private window: RequestCounts = none();
  private readonly windowLatency = new Histogram();

  constructor(name: string, workload: string, attack: boolean) {
    this.name = name;
    this.workload = workload;
    this.attack = attack;
  }

  born(measured: boolean): void {
    this.all.generated++;
    this.all.attempts++;
    this.window.generated++;
    this.window.attempts++;
    if (!measured) return;
    this.measured.generated++;
    this.measured.attempts++;
  }

  retried(measured: boolean): void {
    this.all.attempts++;
    this.window.attempts++;
    if (measured) this.measured.attempts++;
  }

  succeeded(latency: Duration, measured: boolean): void {
    this.all.succeeded++;
    this.window.succeeded++;
    this.windowLatency.record(latency);
    if (!measured) return;
    this.measured.succeeded++;
    this.latency.record(latency);
  }

  failed(outcome: Outcome, measured: boolean): void {
    this.all.failed[outcome]!++;
    this.window.failed[outcome]!++;
    if (measured) this.measured.failed[outcome]!++;
  }

  closeWindow(): void {
    this.windows.push({ ...this.window, latency: this.windowLatency.toSparse() });
    this.window = none();
    this.windowLatency.reset();
  }
}

function none(): RequestCounts {
  return { generated: 0, succeeded: 0, failed: new Float64Array(outcomes.length), attempts: 0 };
}

/** Requests that have not ended [requests]. */
export function inFlight({ generated, succeeded, failed }: RequestCounts): number {
  return failed.reduce((rest, count) => rest - count, generated - succeeded);
}
