/**
 * The same value to the same backend, by its remainder: cheap, even, and shuffled anew by every
 * change of membership.
 *
 *     |--a--|-b-|------c------|      hash mod (3 + 2 + 7) falls into exactly one
 *     0     3   5            12
 */
import { NONE } from "../calls.ts";
import type { Asked, Backends, Balancer } from "./balancer.ts";
import { mix } from "./hashing.ts";

export class HashMap implements Balancer {
  private readonly valueOf: (call: Asked) => number;
  /** Where each backend's stretch ends, by position. */
  private ends = new Float64Array(0);
  /** Whose turn it is among calls without a value [position]. */
  private due = 0;

  constructor(valueOf: (call: Asked) => number) {
    this.valueOf = valueOf;
  }

  choose(backends: Backends, call: Asked): number {
    const value = this.valueOf(call);
    if (value === NONE) return this.due++ % backends.size;
    return this.at(mix(value, call.redraws) % this.ends.at(-1)!);
  }

  changed(backends: Backends): void {
    let end = 0;
    this.ends = Float64Array.from(
      { length: backends.size },
      (_, position) => (end += backends.weight(position)),
    );
  }

  private at(point: number): number {
    let low = 0;
    let high = this.ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point < this.ends[middle]!) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
