/** The keys a cache holds just now, never more than its capacity, and who leaves when it is full. */
import type { Replacement } from "../replacements/replacement.ts";
import { KeyTable, NO_SLOT } from "./keyTable.ts";

export class KeptKeys {
  /** Most keys held at once, at least 1 [keys] -- constant. */
  private readonly capacity: number;
  private readonly table = new KeyTable();
  private readonly replacement: Replacement;
  /** The key that made room for the last one put, or -1 -- state. */
  evicted = -1;

  constructor(capacity: number, replacement: Replacement) {
    this.capacity = capacity;
    this.replacement = replacement;
  }

  /** Keys held [keys]. */
  get size(): number {
    return this.table.size;
  }

  /** The slot of a key, or NO_SLOT; does not count as a use. */
  find(key: number): number {
    return this.table.find(key);
  }

  keyAt(slot: number): number {
    return this.table.keyAt(slot);
  }

  /** The key of a slot was asked for and found. */
  use(slot: number): void {
    this.replacement.use(slot);
  }

  /** Puts a key and tells its slot; one already there counts as used. `evicted` tells who had to go. */
  put(key: number): number {
    this.evicted = -1;
    const present = this.table.find(key);
    if (present !== NO_SLOT) {
      this.replacement.use(present);
      return present;
    }
    if (this.table.size === this.capacity) this.makeRoom();
    const slot = this.table.add(key);
    this.replacement.enter(slot, key);
    return slot;
  }

  remove(slot: number): void {
    this.replacement.leave(slot);
    this.table.remove(slot);
  }

  clear(): void {
    this.table.clear();
    this.replacement.clear();
  }

  private makeRoom(): void {
    const victim = this.replacement.victim();
    this.evicted = this.table.keyAt(victim);
    this.remove(victim);
  }
}
