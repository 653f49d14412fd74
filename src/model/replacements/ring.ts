/**
 * Slots in a ring in the order they came; slot 0 is the gap between the newest and the oldest.
 *
 *       .-> 0 <-> newest <-> … <-> oldest <-.      older[0] is the newest,
 *       '-----------------------------------'      newer[0] the oldest
 */
import { grown } from "../caches/keyTable.ts";

const GAP = 0;

export class Ring {
  /** Slots in the ring -- state. */
  size = 0;
  private newer = new Int32Array(16);
  private older = new Int32Array(16);

  /** The slot that came first, or 0 when the ring is empty. */
  get oldest(): number {
    return this.newer[GAP]!;
  }

  /** Puts a slot in as the newest. */
  enter(slot: number): void {
    if (slot >= this.newer.length) this.grow(slot);
    const newest = this.older[GAP]!;
    this.older[slot] = newest;
    this.newer[slot] = GAP;
    this.newer[newest] = slot;
    this.older[GAP] = slot;
    this.size++;
  }

  leave(slot: number): void {
    this.older[this.newer[slot]!] = this.older[slot]!;
    this.newer[this.older[slot]!] = this.newer[slot]!;
    this.size--;
  }

  /** Makes a slot of the ring the newest. */
  renew(slot: number): void {
    this.leave(slot);
    this.enter(slot);
  }

  clear(): void {
    this.size = 0;
    this.newer[GAP] = this.older[GAP] = GAP;
  }

  private grow(slot: number): void {
    let { length } = this.newer;
    while (length <= slot) length *= 2;
    this.newer = grown(this.newer, length);
    this.older = grown(this.older, length);
  }
}
