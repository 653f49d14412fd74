/**
 * How many servers are in use, and for how long they have been: the area under the line.
 *
 *     count ─┐   ┌──┐
 *            └───┘  └───   time
 */
import { ExactSum } from "../kernel/exactSum.ts";
import type { Kernel } from "../kernel/kernel.ts";

export class InUse {
  /** Servers in use now [servers] -- state. */
  count = 0;
  /**
   * Time in use so far, less what `count` servers would have used since the start of the run
   * [server ns]: one number to change when the count does, and none as time goes by.
   */
  private readonly settled = new ExactSum();
  private readonly clock: Kernel;

  constructor(clock: Kernel) {
    this.clock = clock;
  }

  set(count: number): void {
    this.settled.addProduct(this.count - count, this.clock.now);
    this.count = count;
  }

  /** Adds the time in use up to now [server ns]. */
  addTime(total: ExactSum): void {
    total.addSum(this.settled);
    total.addProduct(this.count, this.clock.now);
  }
}
