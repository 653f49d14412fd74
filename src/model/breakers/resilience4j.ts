/**
 * resilience4j: opens on the rate of failures or of slow calls among the last calls, or seconds; after
 * a wait some calls are let through, and their rates decide.
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { choice, count, duration, share } from "../../schema/fields.ts";
import { CANCELLED, OK, type Outcome } from "../outcomes.ts";
import { breaker, type Breaker, type BreakerContext, type BreakerState } from "./breaker.ts";
import { LastCalls, LastSeconds, type Tally } from "./tally.ts";

export const resilience4j = breaker({
  kind: "resilience4j",
  summary: "Opens on the rate of failed or slow calls; several calls try again and decide.",
  source:
    "resilience4j, CircuitBreakerConfig.java, CircuitBreakerStateMachine.java, CircuitBreakerMetrics.java",
  example: "breaker: { kind: resilience4j, window: 100, failure-rate: 50 %, wait: 60 s }",
  options: {
    "window-of": choice("What the window is counted in.", ["calls", "seconds"]).default("calls"),
    window: count("Calls, or seconds, that count.", { min: 1, max: 100_000 }).default(100),
    "minimum-calls": count("Calls below which no rate is worked out.", { min: 1 }).default(100),
    "failure-rate": share("Rate of failures from which on it opens.").prefault("50 %"),
    "slow-call": duration("A call is slow that takes longer.").prefault("60 s"),
    "slow-call-rate": share("Rate of slow calls from which on it opens.").prefault("100 %"),
    wait: duration("How long it stays open before calls are tried.").prefault("60 s"),
    permitted: count("Calls that are tried.", { min: 1, max: 100_000 }).default(10),
  },
  create: (options, context) => new Resilience4j(options, context),
});

interface Settings {
  readonly "window-of": "calls" | "seconds";
  readonly window: number;
  readonly "minimum-calls": number;
  readonly "failure-rate": number;
  readonly "slow-call": Duration;
  readonly "slow-call-rate": number;
  readonly wait: Duration;
  readonly permitted: number;
}

export class Resilience4j implements Breaker {
  private readonly settings: Settings;
  private readonly context: BreakerContext;
  private state: BreakerState = "closed";
  private openedAt: Duration = 0;
  /** Calls that may still be tried while half-open -- state. */
  private permits = 0;
  /** What the present state has seen; begun anew with each state. */
  private tally: Tally;
  /** Calls it must have seen before it judges. */
  private enough: number;

  constructor(settings: Settings, context: BreakerContext) {
    this.settings = settings;
    this.context = context;
    this.tally = this.tallyOfClosed();
    this.enough = this.enoughOfClosed();
  }

  allows(now: Duration): boolean {
    if (this.state === "closed") return true;
    if (this.state === "open") {
      if (now <= this.openedAt + this.settings.wait) return false;
      this.tryAgain();
    }
    if (this.permits === 0) return false;
    this.permits--;
    return true;
  }

  ended(outcome: Outcome, latency: Duration, now: Duration): void {
    if (outcome === CANCELLED) {
      if (this.state === "half-open") this.permits++;
      return;
    }
    if (this.state === "open") return;
    this.tally.add(outcome !== OK, latency > this.settings["slow-call"], now);
    if (this.tally.calls >= this.enough) this.judge(now);
  }

  private judge(now: Duration): void {
    const { calls, failed, slow } = this.tally;
    const isBad =
      failed >= calls * this.settings["failure-rate"] ||
      slow >= calls * this.settings["slow-call-rate"];
    const words = `${failed} of ${calls} calls failed, ${slow} took more than ${this.settings["slow-call"] / SECOND} s`;
    if (isBad) {
      const wasClosed = this.state === "closed";
      this.state = "open";
      this.openedAt = now;
      if (wasClosed) this.context.opened(words);
    } else if (this.state === "half-open") {
      this.state = "closed";
      this.tally = this.tallyOfClosed();
      this.enough = this.enoughOfClosed();
      this.context.closed(words);
    }
  }

  private tryAgain(): void {
    const { permitted } = this.settings;
    this.state = "half-open";
    this.permits = permitted;
    this.tally = new LastCalls(permitted);
    this.enough = Math.min(this.settings["minimum-calls"], permitted);
  }

  private tallyOfClosed(): Tally {
    const { window } = this.settings;
    return this.settings["window-of"] === "calls" ? new LastCalls(window) : new LastSeconds(window);
  }

  /** More calls than the window holds cannot be asked for. */
  private enoughOfClosed(): number {
    const { window, "minimum-calls": minimum } = this.settings;
    return this.settings["window-of"] === "calls" ? Math.min(minimum, window) : minimum;
  }
}
