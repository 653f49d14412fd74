/** The question: how long does a client wait before it tries again? */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";

/** The waits of one client; a retry's wait depends on its number alone. */
export interface Backoff {
  /** Wait before retry number 1, 2, … (the first try is not a retry) [ns]. */
  delay(retry: number): Duration;
}

/** What a backoff is given to work with. */
export interface BackoffContext {
  readonly random: Random;
}

export const backoff = family<BackoffContext, Backoff>("backoff");
