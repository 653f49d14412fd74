/** A bulkhead whose width is not fixed: a law adapts it to what calls that end tell. */
import type { Duration } from "../../kernel/time.ts";
import type { Outcome } from "../outcomes.ts";
import { ADMIT, REJECT, type Guard } from "./guard.ts";

/** How wide the bulkhead is, and what it learns from. */
export interface ConcurrencyLaw {
  /** Calls that may be inside now [calls]. */
  limit(now: Duration): number;
  /** A call has ended that came in at `startedAt` [ns] when so many were inside, itself included. */
  learn(outcome: Outcome, startedAt: Duration, inside: number, now: Duration): void;
}

export class ConcurrencyLimit implements Guard {
  private readonly law: ConcurrencyLaw;
  /** [calls] -- state. */
  private inside = 0;
  /** When each call inside came in [ns], and how many were inside then, by call. */
  private startedAt = new Float64Array(256);
  private insideThen = new Int32Array(256);

  constructor(law: ConcurrencyLaw) {
    this.law = law;
  }

  admit(call: number, now: Duration): number {
    if (this.inside >= this.law.limit(now)) return REJECT;
    while (call >= this.startedAt.length) this.grow();
    this.startedAt[call] = now;
    this.insideThen[call] = ++this.inside;
    return ADMIT;
  }

  finished(call: number, outcome: Outcome, now: Duration): void {
    this.inside--;
    this.law.learn(outcome, this.startedAt[call]!, this.insideThen[call]!, now);
  }

  private grow(): void {
    const startedAt = new Float64Array(this.startedAt.length * 2);
    const insideThen = new Int32Array(this.startedAt.length * 2);
    startedAt.set(this.startedAt);
    insideThen.set(this.insideThen);
    this.startedAt = startedAt;
    this.insideThen = insideThen;
  }
}
