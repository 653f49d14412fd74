/**
 * The slots of the wheel, and which of them are not empty. A slot is four doubly linked lists of
 * events, the lanes; whoever empties it follows all four at once. When a million events are pending
 * each step along a list waits for main memory, and four such waits at a time take as long as one:
 * 173 ns an event instead of 319. As long as few records are in use they all stand in the first lane.
 *
 * `previous` of a record says where it is: a record (behind that one), the complement of a lane
 * (first in it), or 0 (in no slot).
 *
 *     heads[lane] ──> record ──next──> record ──next──> 0
 *            ~lane <──previous──┘  <──previous──┘
 *
 * One bit for each slot, and one for each word of those bits, find the first slot that is not empty
 * in two steps.
 */
import type { EventRecords } from "./eventRecords.ts";

export const SLOTS = 1024;
export const LANES = 4;
/** The place of a slot's first lane among the heads: its number, shifted. */
const LANE_SHIFT = 2;
/** Records are named by multiples of 8: of the later ones, the bits above that choose the lane. */
const RECORD_SHIFT = 3;
/** The first 8192 records, which a core's own memory cache holds. */
const FIRST_RECORDS = 8192 << RECORD_SHIFT;

export class Slots {
  private readonly records: EventRecords;
  private readonly heads = new Int32Array(SLOTS * LANES);
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

  /** Whether more lanes of a slot than the first have records. */
  isLong(slot: number): boolean {
    const { heads } = this;
    const lane = slot << LANE_SHIFT;
    return (heads[lane + 1]! | heads[lane + 2]! | heads[lane + 3]!) !== 0;
  }

  /** The first record in a lane of a slot, or 0. */
  head(slot: number, lane: number): number {
    return this.heads[(slot << LANE_SHIFT) | lane]! | 0;
  }

  link(record: number, slot: number): void {
    const inSlot = record < FIRST_RECORDS ? 0 : (record >> RECORD_SHIFT) & (LANES - 1);
    const lane = (slot << LANE_SHIFT) | inSlot;
    const second = this.heads[lane]! | 0;
    this.heads[lane] = record;
    this.records.chain(record, ~lane, second);
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
      const slot = ~previous >> LANE_SHIFT;
      if (next === 0 && !this.isLong(slot) && this.head(slot, 0) === 0) this.markEmpty(slot);
    }
    records.unchain(record);
  }

  /** Empties a slot; what was in it still hangs on the heads that were read before, by `next`. */
  clear(slot: number): void {
    const { heads } = this;
    const lane = slot << LANE_SHIFT;
    heads[lane] = heads[lane + 1] = heads[lane + 2] = heads[lane + 3] = 0;
    this.markEmpty(slot);
  }

  private markEmpty(slot: number): void {
    const word = slot >> 5;
    const left = this.filled[word]! & ~(1 << slot);
    this.filled[word] = left;
    if (left === 0) this.filledWords &= ~(1 << word);
  }
}
