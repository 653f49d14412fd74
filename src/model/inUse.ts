/**
 * How many servers are in use, and for how long they have been: the area under the line.
 *
 *     count ─┐   ┌──┐
 *            └───┘  └───   time
 */
import type { Kernel } from "../kernel/kernel.ts";

export class InUse {
  /** Servers in use now [servers] -- state. */
  count = 0;
  /**
   * Time in use so far, less what `count` servers would have used since the start of the run
   * [server ns]: one number to change when the count does, and none as time goes by.
   */
  private settled = 0;
  private readonly clock: Kernel;

  constructor(clock: Kernel) {
    this.clock = clock;
  }

  set(count: number): void {
    this.settled += (this.count - count) * this.clock.now;
    this.count = count;
  }

  /** Time in use up to now [server ns]. */
  time(): number {
    return this.settled + this.count * this.clock.now;
  }
}
