/** The question: which backend takes the next call? */
import type { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";

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

/** What must be known of a balancer before it is used for a large fleet. */
export interface Effort {
  /** It looks at every backend for every choice, because the product it models does. */
  readonly linear: boolean;
}

const define = family<BalancerContext, Balancer>("balancer");

/** The definer of the family: a definition with its effort, which is not linear unless it says so. */
export function balancer<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, BalancerContext, Balancer> & Partial<Effort>,
): Definition<Kind, Options, BalancerContext, Balancer> & Effort {
  return { ...define(declaration), linear: declaration.linear ?? false };
}
