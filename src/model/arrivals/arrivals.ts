/** The question: at which instants do requests arrive? */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";

/** One stream of arrivals, asked for one instant after another. */
export interface Arrivals {
  /** The instant of the next arrival, not before `now`, in whole ticks; Infinity when no more will come [ns]. */
  next(now: Duration): Duration;
}

/** What an arrival process is given to work with. */
export interface ArrivalsContext {
  readonly random: Random;
  /** Length of the run [ns]. */
  readonly duration: Duration;
}

export const arrivals = family<ArrivalsContext, Arrivals>("arrival process");
