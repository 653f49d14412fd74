/** The question: how long does a client wait before it tries again? */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";

/** The waits of one client. */
export interface Backoff {
  /**
   * Wait before retry number 1, 2, … of one request (the first try is not a retry) [ns].
   *
   * @param previous the wait before the retry that came before it [ns]; 0 for the first, and for a
   *   member that does not remember
   */
  delay(retry: number, previous: Duration): Duration;
  /** Whether a wait depends on the one before it; it does not unless it says so. */
  readonly remembers?: boolean;
}

/** What a backoff is given to work with. */
export interface BackoffContext {
  readonly random: Random;
}

export const backoff = family<BackoffContext, Backoff>("backoff");

/**
 * base · factor^(retry-1), at most cap [ns]; by multiplying, for it is soon there and exact
 * everywhere.
 */
export function growing(base: Duration, cap: Duration, retry: number, factor = 2): Duration {
  let wait = base;
  for (let number = 1; number < retry && wait < cap && wait > 0 && factor > 1; number++) {
    wait *= factor;
  }
  return Math.floor(Math.min(wait, cap));
}
