/** The question: which backend takes the next call? */
import type { Random } from "../../kernel/random.ts";
import { family } from "../../schema/definition.ts";

/** The backends one balancer may choose from just now: positions 0 … size-1, in the order they joined. */
export interface Backends {
  readonly size: number;
  /** Calls this balancer has sent to it and not had back [calls]. */
  inFlight(position: number): number;
  /** Configured weight, a whole number of 1 or more. */
  weight(position: number): number;
  /** The instance behind the position; stable for the run, so state can follow it through changes of membership. */
  id(position: number): number;
}

/** What a balancer is given to work with. */
export interface BalancerContext {
  readonly random: Random;
}

/** One balancer at work; `changed` is called before the first choice. */
export interface Balancer {
  /** The position of the backend for the next call; size is at least 1. */
  choose(backends: Backends): number;
  /** Membership or a weight changed: positions are new. May take time linear in the backends. */
  changed?(backends: Backends): void;
  /** `inFlight(position)` has just gone up by one. */
  sent?(position: number): void;
  /** `inFlight(position)` has just gone down by one. */
  answered?(position: number): void;
}

export const balancer = family<BalancerContext, Balancer>("balancer");
