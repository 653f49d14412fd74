/**
 * Sentinel's degrade rule: opens on slow calls or errors within one window of the clock, and lets one
 * call through once it has been open for long enough.
 */
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import { choice, count, duration, share } from "../../schema/fields.ts";
import { CANCELLED, OK, type Outcome } from "../outcomes.ts";
import { breaker, type Breaker, type BreakerContext, type BreakerState } from "./breaker.ts";

export const sentinelDegrade = breaker({
  kind: "sentinel-degrade",
  summary: "Opens on the ratio of slow calls, or the ratio or number of errors, in one window.",
  source:
    "Alibaba Sentinel 1.8, slots/block/degrade/circuitbreaker/{Abstract,ResponseTime,Exception}CircuitBreaker.java",
  example: "breaker: { kind: sentinel-degrade, grade: error-ratio, ratio: 50 %, open-for: 10 s }",
  options: {
    grade: choice("What it opens on.", ["slow-ratio", "error-ratio", "error-count"]).default(
      "slow-ratio",
    ),
    "slow-call": duration("A call is slow that takes longer; for slow-ratio.").optional(),
    ratio: share("Ratio above which it opens; all of them slow is above 100 %.").prefault("100 %"),
    errors: count("Number of errors above which it opens; for error-count.").optional(),
    "min-requests": count("Calls in the window below which it does not open.", {
      min: 1,
    }).default(5),
    window: duration("Length of a window.", { min: MILLISECOND }).prefault("1 s"),
    "open-for": duration("How long it stays open before a call is tried."),
  },
  check({ grade, "slow-call": slowCall, errors }) {
    if (grade === "slow-ratio" && slowCall === undefined)
      return [{ path: [], message: "slow-ratio needs to be told what a `slow-call` is" }];
    if (grade === "error-count" && errors === undefined)
      return [{ path: [], message: "error-count needs to be told how many `errors` are too many" }];
    return [];
  },
  create: (options, context) => new SentinelDegrade(options, context),
});

interface Settings {
  readonly grade: "slow-ratio" | "error-ratio" | "error-count";
  readonly "slow-call"?: Duration | undefined;
  readonly ratio: number;
  readonly errors?: number | undefined;
  readonly "min-requests": number;
  readonly window: Duration;
  readonly "open-for": Duration;
}

export class SentinelDegrade implements Breaker {
  private readonly settings: Settings;
  private readonly context: BreakerContext;
  private state: BreakerState = "closed";
  private retryAt: Duration = 0;
  /** Number of the window, and its calls and those that were bad -- state. */
  private window = -1;
  private calls = 0;
  private bad = 0;

  constructor(settings: Settings, context: BreakerContext) {
    this.settings = settings;
    this.context = context;
  }

  allows(now: Duration): boolean {
    if (this.state === "closed") return true;
    if (this.state === "half-open" || now < this.retryAt) return false;
    this.state = "half-open";
    return true;
  }

  ended(outcome: Outcome, latency: Duration, now: Duration): void {
    if (outcome === CANCELLED) {
      if (this.state === "half-open") this.state = "open";
      return;
    }
    const isBad = this.isBad(outcome, latency);
    this.turnTo(Math.floor(now / this.settings.window));
    this.calls++;
    if (isBad) this.bad++;
    if (this.state === "half-open") this.decide(isBad, latency, now);
    else if (this.state === "closed") this.judge(now);
  }

  private isBad(outcome: Outcome, latency: Duration): boolean {
    const { grade, "slow-call": slowCall = Infinity } = this.settings;
    return grade === "slow-ratio" ? latency > slowCall : outcome !== OK;
  }

  private turnTo(window: number): void {
    if (window !== this.window) this.reset();
    this.window = window;
  }

  private judge(now: Duration): void {
    if (this.calls < this.settings["min-requests"] || !this.isTooMany()) return;
    this.open(now);
    const what = this.settings.grade === "slow-ratio" ? "were slow" : "failed";
    this.context.opened(`${this.bad} of ${this.calls} calls ${what}`);
  }

  private isTooMany(): boolean {
    const { grade, ratio, errors = Infinity } = this.settings;
    if (grade === "error-count") return this.bad > errors;
    const share = this.bad / this.calls;
    return share > ratio || (grade === "slow-ratio" && ratio === 1 && share === 1);
  }

  /** The call that was tried has come back. */
  private decide(isBad: boolean, latency: Duration, now: Duration): void {
    if (isBad) return this.open(now);
    this.state = "closed";
    this.reset();
    this.context.closed(`one call was answered after ${latency / MILLISECOND} ms`);
  }

  private open(now: Duration): void {
    this.state = "open";
    this.retryAt = now + this.settings["open-for"];
  }

  private reset(): void {
    this.calls = 0;
    this.bad = 0;
  }
}
