/** How a database finds out that its primary is dead, and how long a replica takes to be the next. */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";
import type { LeaseSettings } from "../detectors/leaseCheck.ts";

export interface Failover {
  /** The signs of life of the primary, and for how long one counts. */
  readonly lease: LeaseSettings;
  /** From when the primary is given up until one of so many replicas is the next [ns]. */
  promotion(replicas: number): Duration;
}

export interface FailoverContext {
  readonly random: Random;
}

export const failover = family<FailoverContext, Failover>("failover");

/** A time between two bounds, all equally likely [ns]. */
export function between(from: Duration, to: Duration, random: Random): Duration {
  return Math.floor(from + (to - from) * random.next());
}
