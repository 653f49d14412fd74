/**
 * When the slots of the instances of a station come free: for each instance a binary heap.
 *
 *     | instance 0: first, …      | instance 1: first, …      | …      [ns], `slots` each
 *
 * What holds: of an instance, no time i is later than 2i + 1 and 2i + 2.
 */
import type { Duration } from "../../kernel/time.ts";

/** Up to so many slots a row in order is faster than a heap. */
const FEW = 4;

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
    if (slots <= FEW) return this.insert(base, until);
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

  /**
   * The same for few, kept in order: the new time takes the place of the first and is carried past
   * all that are earlier. Whether one is earlier is anybody's guess, a processor's too, and a wrong
   * guess costs as much as all of this, so nothing here is asked: `under` is 0 or the difference.
   */
  private insert(base: number, until: Duration): void {
    const { free } = this;
    const last = base + this.slots - 1;
    let carried = until;
    for (let place = base; place < last; place++) {
      const time = free[place + 1]!;
      const difference = carried - time;
      const under = (difference - Math.abs(difference)) / 2;
      free[place] = time + under;
      carried -= under;
    }
    free[last] = carried;
  }
}
