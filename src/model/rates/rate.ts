/** The question: how many arrivals a second does demand bring, over the run? */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";
import type { OpenFile } from "../replay/bytes.ts";

/** Arrival intensity over time, never negative. */
export interface Curve {
  /** The intensity at an instant; at a jump, the one after it [arrivals/s]. */
  at(time: Duration): number;
  /**
   * The first instant by which `mass` (0 or more) further arrivals are expected after `from` (finite),
   * not rounded to a tick; Infinity if never [ns]. Amortised constant time as `from` rises.
   */
  advance(from: Duration, mass: number): Duration;
  /** Instants in rising order at which it jumps or bends; between two of them it is a straight line. */
  readonly breaks: readonly Duration[];
}

/** What a rate is given to work with. */
export interface RateContext {
  /** Length of the run [ns]. */
  readonly duration: Duration;
  /** A stream of this rate for one purpose, for rates that have luck of their own. */
  stream(purpose: string): Random;
  /** Opens a file the scenario names. */
  readonly open: OpenFile;
}

export const rate = family<RateContext, Curve>("rate");

/**
 * A rate that cannot be used, which shows only once the length of the run is known: a formula that
 * goes below zero. The message is one sentence for the author of the scenario.
 */
export class UnusableRate extends Error {}
