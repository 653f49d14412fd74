/**
 * When the slots of the instances of a station come free: for each instance a binary heap.
 *
 *     | instance 0: first, …      | instance 1: first, …      | …      [ns], `slots` each
 *
 * What holds: of an instance, no time i is later than 2i + 1 and 2i + 2.
 */
import type { Duration } from "../../kernel/time.ts";

export class Slots {
  private readonly slots: number;
  private readonly free: Float64Array;

  constructor(instances: number, slots: number) {
    this.slots = slots;
    this.free = new Float64Array(instances * slots).fill(-1);
  }

  /** When the first slot of an instance comes free; before 0 if it was never taken [ns]. */
  earliest(instance: number): Duration {
    return this.free[instance * this.slots]!;
  }

  /** Takes that slot until a later time. */
  take(instance: number, until: Duration): void {
    const { free, slots } = this;
    const base = instance * slots;
    let hole = 0;
    for (let child = 1; child < slots; child = 2 * hole + 1) {
      let time = free[base + child]!;
      if (child + 1 < slots && free[base + child + 1]! < time) time = free[base + ++child]!;
      if (time >= until) break;
      free[base + hole] = time;
      hole = child;
    }
    free[base + hole] = until;
  }
}
