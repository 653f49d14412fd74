/**
 * Hystrix: opens when too large a share of enough calls has failed in a rolling window, and lets one
 * call through after a while to see whether it may close.
 *
 *     closed --- share of failures, at the end of a bucket ---> open --- sleep ---> half-open
 *        ^----------------------- the one call succeeds -------------------------------'
 *
 * Only whole buckets count: one that has not ended is not looked into.
 */
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import { count, duration, share } from "../../schema/fields.ts";
import { CANCELLED, OK, type Outcome } from "../outcomes.ts";
import { breaker, type Breaker, type BreakerContext, type BreakerState } from "./breaker.ts";

export const hystrix = breaker({
  kind: "hystrix",
  summary: "Opens on the share of failures in a rolling window; one call at a time tries again.",
  source:
    "Netflix Hystrix 1.5, HystrixCircuitBreaker.java, HealthCountsStream.java, HystrixCommandProperties.java",
  example: "breaker: { kind: hystrix, volume: 20, threshold: 50 %, sleep: 5 s }",
  options: {
    window: duration("How far back calls count.", { min: MILLISECOND }).prefault("10 s"),
    bucket: duration("The window moves on, and is judged, by one of these.", {
      min: MILLISECOND,
    }).prefault("500 ms"),
    volume: count("Calls in the window below which it does not open.", { min: 1 }).default(20),
    threshold: share("Share of failures from which on it opens, in whole percents.").prefault(
      "50 %",
    ),
    sleep: duration("How long it stays open before a call is tried.").prefault("5 s"),
  },
  check: ({ window, bucket }) =>
    window % bucket === 0
      ? []
      : [{ path: ["bucket"], message: "the window is no whole number of buckets" }],
  create: (options, context) => new Hystrix(options, context),
});

interface Settings {
  readonly window: Duration;
  readonly bucket: Duration;
  readonly volume: number;
  readonly threshold: number;
  readonly sleep: Duration;
}

export class Hystrix implements Breaker {
  private readonly settings: Settings;
  private readonly context: BreakerContext;
  private state: BreakerState = "closed";
  private openedAt: Duration = 0;
  /** Calls of the whole buckets of the window, and those that failed, by number of the bucket. */
  private readonly calls: Float64Array;
  private readonly failures: Float64Array;
  /** Their sums -- state. */
  private total = 0;
  private failed = 0;
  /** Calls of the bucket that is not over -- state. */
  private callsNow = 0;
  private failuresNow = 0;
  /** Its number since counting began, and when that was [ns] -- state. */
  private bucket = 0;
  private since: Duration = 0;

  constructor(settings: Settings, context: BreakerContext) {
    this.settings = settings;
    this.context = context;
    this.calls = new Float64Array(settings.window / settings.bucket);
    this.failures = new Float64Array(this.calls.length);
  }

  allows(now: Duration): boolean {
    this.advance(now);
    if (this.state === "closed") return true;
    if (this.state === "half-open" || now <= this.openedAt + this.settings.sleep) return false;
    this.state = "half-open";
    return true;
  }

  ended(outcome: Outcome, latency: Duration, now: Duration): void {
    this.advance(now);
    const isTrial = this.state === "half-open";
    if (outcome === CANCELLED) {
      if (isTrial) this.open(now);
      return;
    }
    this.callsNow++;
    if (outcome !== OK) this.failuresNow++;
    if (!isTrial) return;
    if (outcome === OK) this.close(latency, now);
    else this.open(now);
  }

  private open(at: Duration): void {
    this.state = "open";
    this.openedAt = at;
  }

  private close(latency: Duration, now: Duration): void {
    this.state = "closed";
    this.clear();
    this.bucket = 0;
    this.since = now;
    this.context.closed(`one call was answered after ${latency / MILLISECOND} ms`);
  }

  /** Ends every bucket that is over. */
  private advance(now: Duration): void {
    const current = Math.floor((now - this.since) / this.settings.bucket);
    while (this.bucket < current) {
      if (this.total + this.callsNow === 0) this.bucket = current;
      else this.endBucket();
    }
  }

  private endBucket(): void {
    const place = this.bucket % this.calls.length;
    this.total += this.callsNow - this.calls[place]!;
    this.failed += this.failuresNow - this.failures[place]!;
    this.calls[place] = this.callsNow;
    this.failures[place] = this.failuresNow;
    this.callsNow = 0;
    this.failuresNow = 0;
    this.bucket++;
    this.judge(this.since + this.bucket * this.settings.bucket);
  }

  private judge(at: Duration): void {
    const { volume, threshold } = this.settings;
    if (this.state !== "closed" || this.total < volume) return;
    const percent = Math.floor((this.failed / this.total) * 100);
    if (percent < threshold * 100) return;
    this.open(at);
    this.context.opened(`${this.failed} of ${this.total} calls failed: ${percent} %`);
  }

  private clear(): void {
    this.calls.fill(0);
    this.failures.fill(0);
    this.total = 0;
    this.failed = 0;
    this.callsNow = 0;
    this.failuresNow = 0;
  }
}
