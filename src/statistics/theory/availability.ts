/** How often a system that needs k of n units is down, and how often it goes down. */
import { machinesDown, type Workshop } from "./machineRepair.ts";

export interface Redundancy extends Workshop {
  /** Units that must be up. */
  readonly needed: number;
}

export interface Outages {
  /** Share of time with fewer units up than needed. */
  readonly unavailability: number;
  /** Outages that begin [1/s]. */
  readonly outageRatePerSecond: number;
}

/**
 * Units fail also while the system is down. With a crew for each unit this is the binomial law.
 * K. S. Trivedi, Probability and Statistics with Reliability (2002), chapter 8.
 */
export function availability(system: Redundancy): Outages {
  const shares = machinesDown(system);
  const tolerated = system.machines - system.needed;
  return {
    unavailability: shares.slice(tolerated + 1).reduce((sum, share) => sum + share, 0),
    outageRatePerSecond: (shares[tolerated] ?? 0) * system.needed * system.failureRatePerSecond,
  };
}
