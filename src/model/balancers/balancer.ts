/** The question: which backend takes the next call? */
import type { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";

/** The backends one balancer may choose from just now: positions 0 … size-1, in the order they joined. */
export interface Backends {
  readonly size: number;
  /** Calls this balancer has sent to it and not had back [calls]. */
  inFlight(position: number): number;
  /** Weight, a whole number of 1 or more. */
  weight(position: number): number;
  /** Calls the balancer may have out there at once [calls]; Infinity without a limit. */
  limit(position: number): number;
  /** The instance behind the position; stable for the run, so state can follow it through changes of membership. */
  id(position: number): number;
  zone(position: number): string;
}

/** The call that is to be placed. */
export interface Asked {
  /** The item it is about; NONE when it is about none. */
  readonly key: number;
  /** The client it comes from: its key when clients are not told apart, NONE when there is neither. */
  readonly source: number;
  /** Where the caller stands; null when nobody knows. */
  readonly zone: string | null;
  /** Choices made for this very call that it could not use: tried already, or full. */
  readonly redraws: number;
}

/** What a balancer is given to work with. */
export interface BalancerContext {
  readonly random: Random;
  readonly clock: { readonly now: Duration };
}

/** One balancer at work; `changed` is called before the first choice. */
export interface Balancer {
  /** The position of the backend for a call; size is at least 1. */
  choose(backends: Backends, call: Asked): number;
  /** Membership or a weight changed: positions are new. May take time linear in the backends. */
  changed?(backends: Backends): void;
  /** `inFlight(position)` has just gone up by one. */
  sent?(position: number): void;
  /**
   * `inFlight(position)` has just gone down by one. `elapsed` is how long the call was out [ns], NONE
   * when it was withdrawn before it was sent; `good` whether it was answered and not with a failure.
   */
  answered?(position: number, elapsed: Duration, good: boolean): void;
  /**
   * nginx's passive check counts a call to an instance, by its id, as failed; so many failures,
   * `allowed`, take it out. The instance need not be a backend any more.
   */
  failed?(id: number, allowed: number): void;
  /** An instance has left for good: should it come back, it is a new one. */
  left?(id: number): void;
}

/** What must be known of a balancer before it is used. */
export interface Effort {
  /** It looks at every backend for every choice, because the product it models does. */
  readonly linear: boolean;
  /** It makes no sense without a limit of calls for each backend. */
  readonly needsLimit: boolean;
}

const define = family<BalancerContext, Balancer>("balancer");

/** The definer of the family: a definition with its effort, which is not linear unless it says so. */
export function balancer<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, BalancerContext, Balancer> & Partial<Effort>,
): Definition<Kind, Options, BalancerContext, Balancer> & Effort {
  const { linear = false, needsLimit = false } = declaration;
  return { ...define(declaration), linear, needsLimit };
}

/** Instance ids by position. */
export function idsOf(backends: Backends): number[] {
  return Array.from({ length: backends.size }, (_, position) => backends.id(position));
}
