/** The contract of a distribution of durations: what work takes, how long a start-up or repair lasts. */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";

export interface Distribution {
  /** Expected duration [ns]. Infinity for the heaviest tails. */
  readonly mean: Duration;
  /** Squared coefficient of variation, variance / mean²: 0 for a constant, 1 for an exponential. */
  readonly scv: number;
  /**
   * One duration [whole ns, at least 0]. Whole, because V8 needs no memory to hand over a whole number
   * below 2^31, and would need 16 bytes for a fraction.
   */
  sample(): Duration;
}

export interface DistributionContext {
  /** The stream this distribution alone draws from. */
  readonly random: Random;
}

export const distribution = family<DistributionContext, Distribution>("distribution");
