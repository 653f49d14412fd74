/** Machine repair (M/M/c//N): a fixed number of machines break, a fixed number of crews mend them. */
import { expected, stationaryShares } from "./birthDeath.ts";

export interface Workshop {
  readonly machines: number;
  readonly crews: number;
  /** Machines that run at once; the others are cold spares and cannot fail. All unless given. */
  readonly running?: number;
  /** Of one running machine. */
  readonly failureRatePerSecond: number;
  /** Of one crew. */
  readonly repairRatePerSecond: number;
}

/** Shares of time with 0, 1, 2, … machines down. Gross and Harris, section 2.7. */
export function machinesDown(shop: Workshop): number[] {
  return stationaryShares({
    birthRatePerSecond: (down) => runningOf(shop, down) * shop.failureRatePerSecond,
    deathRatePerSecond: (down) => Math.min(down, shop.crews) * shop.repairRatePerSecond,
  });
}

/** Averages of the same workshop. */
export function machineRepair(shop: Workshop): {
  /** Mean number of machines down. */
  down: number;
  /** Repairs completed [1/s]. */
  throughputPerSecond: number;
  /** Mean time a machine is down, waiting for a crew and mended [s]. */
  downSeconds: number;
} {
  const shares = machinesDown(shop);
  const down = expected(shares, (n) => n);
  const running = expected(shares, (n) => runningOf(shop, n));
  const throughputPerSecond = running * shop.failureRatePerSecond;
  return { down, throughputPerSecond, downSeconds: down / throughputPerSecond };
}

function runningOf({ machines, running = machines }: Workshop, down: number): number {
  return Math.min(running, machines - down);
}
