/** The question: does a caller still send calls to somebody who keeps failing it? */
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";
import type { Outcome } from "../outcomes.ts";

/** Closed: calls flow. Open: none is sent. Half-open: a few are sent to see how it goes. */
export type BreakerState = "closed" | "open" | "half-open";

/** The breaker of one caller for one operation of another part. */
export interface Breaker {
  /** Whether a call may be sent now; one that may counts as sent. */
  allows(now: Duration): boolean;
  /** A call that was sent has resolved, this long after it was sent [ns]. */
  ended(outcome: Outcome, latency: Duration, now: Duration): void;
}

/** What a breaker is given to work with. */
export interface BreakerContext {
  /** It has opened, having been closed; why, with the numbers. */
  opened(reason: string): void;
  /** It has closed again. */
  closed(reason: string): void;
}

export const breaker = family<BreakerContext, Breaker>("circuit breaker");
