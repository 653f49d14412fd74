/**
 * The slots of the wheel: 1024 doubly linked lists of events, and which of them are not empty.
 *
 * `previous` of a record says where it is: a record (behind that one), the complement of a slot
 * (first in it), or 0 (in no slot).
 *
 *     heads[slot] ──> record ──next──> record ──next──> 0
 *            ~slot <──previous──┘  <──previous──┘
 *
 * One bit for each slot, and one for each word of those bits, find the first slot that is not empty
 * in two steps.
 */
import type { EventRecords } from "./eventRecords.ts";

export const SLOTS = 1024;

export class Slots {
  private readonly records: EventRecords;
  private readonly heads = new Int32Array(SLOTS);
  private readonly filled = new Int32Array(SLOTS / 32);
  /** Bit w: filled[w] is not 0 [int32] -- state. */
  private filledWords = 0;

  constructor(records: EventRecords) {
    this.records = records;
  }

  /** The lowest slot that is not empty, or SLOTS. */
  first(): number {
    const words = this.filledWords;
    if (words === 0) return SLOTS;
    const word = 31 - Math.clz32(words & -words);
    const slots = this.filled[word]! | 0;
    return word * 32 + 31 - Math.clz32(slots & -slots);
  }

  /** The first record in a slot, or 0. */
  head(slot: number): number {
    return this.heads[slot]! | 0;
  }

  link(record: number, slot: number): void {
    const second = this.heads[slot]! | 0;
    this.heads[slot] = record;
    this.records.chain(record, ~slot, second);
    if (second === 0) {
      const word = slot >> 5;
      // A shift takes its distance modulo 32.
      this.filled[word]! |= 1 << slot;
      this.filledWords |= 1 << word;
    }
  }

  /** Takes a record out of the slot it is in. */
  unlink(record: number): void {
    const { records } = this;
    const previous = records.previous(record);
    if (previous < 0) {
      const next = records.next(record);
      this.heads[~previous] = next;
      if (next === 0) this.markEmpty(~previous);
    }
    records.unchain(record);
  }

  /** Empties a slot; the first record that was in it, the others hang on that one by `next`. */
  take(slot: number): number {
    const record = this.heads[slot]! | 0;
    this.heads[slot] = 0;
    this.markEmpty(slot);
    return record;
  }

  private markEmpty(slot: number): void {
    const word = slot >> 5;
    const left = this.filled[word]! & ~(1 << slot);
    this.filled[word] = left;
    if (left === 0) this.filledWords &= ~(1 << word);
  }
}
