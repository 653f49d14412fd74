/**
 * The pending events, taken out by time and, at the same time, in the order they were scheduled.
 *
 * A wheel of unsorted slots stands before a small heap, which alone is in order. Time is cut into
 * epochs of 2^15 ns. The heap has what is due up to the end of the epoch `current`; every later
 * event lies in the slot of its level, which is the highest byte in which its epoch differs from
 * `current`, and of the value of that byte:
 *
 *     level 3   |       a slot is 256^3 epochs        |  …        slots 768 … 895
 *     level 2           |  256^2  |   …   |                       slots 512 … 767
 *     level 1                 | 256 | … |                         slots 256 … 511
 *     level 0                       ||…|                          slots   0 … 255
 *     heap      ───────────────────>|
 *                      now ──┘      └── nearEnd, the end of `current`
 *
 * When the heap is empty, the lowest slot that is not empty is the next in time. It goes to the heap
 * whole or, if it is of a coarse level and holds many, is dealt to finer slots. So an event is moved
 * a few times, however many are pending, and a cancelled one leaves its slot at once.
 *
 * What holds between calls:
 * - Events before `nearEnd` are in the heap, all others in slots.
 * - `current` ends a block of 256^level epochs, level = blockShift / 8, which `now` has reached.
 *   No slot of a level below that is filled; so within its block `current` may be moved back, and
 *   every event's slot stays the right one.
 * - Epochs count from `base`. Those too late for a number of 31 bits (20 h) wait in slot 1023,
 *   which the 7 bits of level 3 leave free; `base` moves when nothing else is left.
 *
 * Measured (bench/kernel.ts): written out as one class this takes a seventh less time for each
 * event. Three small classes that can be read and tested alone were thought worth it.
 */
import { EventRecords } from "./eventRecords.ts";
import { NearHeap } from "./nearHeap.ts";
import { LANES, Slots, SLOTS } from "./slots.ts";
import type { Duration } from "./time.ts";

/** Length of an epoch [ns]. An eighth or four times of it measures the same up to 10^5 events. */
const EPOCH: Duration = 2 ** 15;
const EPOCHS_PER_NS = 1 / EPOCH;
const EPOCHS = 2 ** 31;
const BEYOND = SLOTS - 1;
/** Levels go by the shift that brings their byte down: 0, 8, 16 or 24 bits. */
const LEVEL = 8;
const LEVELS_MASK = 24;
const BYTE = 255;

/** A coarse slot with at most so many events goes to the heap whole [events]. */
const FEW = 8;
/** More than so many in the heap, and part of a coarse block goes back to the slots [events]. */
const CROWD = 64;
const ALL = 2 ** 30;

export class EventList {
  readonly records: EventRecords;
  /** Events before this time have been taken, and can no longer be added [ns] -- state. */
  now: Duration = 0.5;
  /** When the event added next is due [ns]: as an argument it would often be garbage. */
  due: Duration = 0.5;
  private readonly near: NearHeap;
  private readonly slots: Slots;
  /** When epoch 0 begins [ns] -- state. */
  private base: Duration = 0.5;
  /** When the epoch `current` ends [ns] -- state. */
  private nearEnd: Duration = 0.5;
  /** The last epoch the heap covers [int32] -- state. */
  private current = 0;
  /** The block that `current` ends has 2^blockShift epochs -- state. */
  private blockShift = 0;
  /** Entries in the heap above which the block must shrink, if it can [entries] -- state. */
  private crowd = ALL;

  constructor(records = new EventRecords()) {
    this.records = records;
    this.near = new NearHeap(records);
    this.slots = new Slots(records);
    // V8 keeps a field that began as a fraction as a bare double, and never has to convert it.
    this.now = 0;
    this.due = 0;
    this.base = 0;
    this.nearEnd = EPOCH;
  }

  /** Adds an event due at `due`, which is `now` or later; its record. */
  add(kind: number, a: number, b: number): number {
    const record = this.records.create(kind, a, b);
    this.records.setTime(record, this.due);
    this.place(record);
    if (this.near.size > this.crowd) this.pullBack();
    return record;
  }

  /** Takes an event out before it is due. */
  remove(record: number): void {
    if (this.records.previous(record) !== 0) this.slots.unlink(record);
    this.records.release(record);
  }

  /**
   * Takes out the next event due up to and including `until`, and moves `now` to it. Answers its
   * record, which is free from then on; or 0 and moves `now` to `until`.
   */
  take(until: Duration): number {
    const { near } = this;
    do {
      while (near.size > 0) {
        const time = near.firstTime();
        if (time > until) break;
        const record = near.pop();
        if (record === 0) continue;
        this.now = time;
        this.records.release(record);
        return record;
      }
    } while (near.size === 0 && this.advance(until));
    this.now = until;
    return 0;
  }

  private place(record: number): void {
    const time = this.records.time(record);
    if (time < this.nearEnd) {
      this.records.setPrevious(record, 0);
      this.near.push(record);
    } else {
      this.slots.link(record, this.slotOf(time));
    }
  }

  private slotOf(time: Duration): number {
    const epochs = (time - this.base) * EPOCHS_PER_NS;
    if (epochs >= EPOCHS) return BEYOND;
    const epoch = epochs | 0;
    const shift = (31 - Math.clz32(epoch ^ this.current)) & LEVELS_MASK;
    return (shift << 5) | ((epoch >> shift) & BYTE);
  }

  /** Empties the next slot, if it begins by `until`, into the heap or into finer slots. */
  private advance(until: Duration): boolean {
    const slot = this.slots.first();
    if (slot >= BEYOND) return slot === BEYOND && this.rebase(until);
    const shift = (slot >> 5) & LEVELS_MASK;
    const start = (((this.current >> shift) & ~BYTE) | (slot & BYTE)) << shift;
    if (this.base + start * EPOCH > until) return false;
    this.enterBlock(start, shift > 0 && this.areFew(slot) ? shift : 0);
    this.placeAll(slot);
    return true;
  }

  /** Makes the block of 2^shift epochs around an epoch the one that the heap covers last. */
  private enterBlock(epoch: number, shift: number): void {
    this.current = epoch | ((1 << shift) - 1);
    this.crowd = shift > 0 ? CROWD : ALL;
    this.blockShift = shift;
    this.nearEnd = this.base + (this.current + 1) * EPOCH;
  }

  private areFew(slot: number): boolean {
    if (this.slots.isLong(slot)) return false;
    let record = this.slots.head(slot, 0);
    for (let count = 0; count < FEW; count++) {
      record = this.records.next(record);
      if (record === 0) return true;
    }
    return false;
  }

  /** Empties a slot into the heap or finer slots. */
  private placeAll(slot: number): void {
    if (this.slots.isLong(slot)) return this.placeLanes(slot);
    let record = this.slots.head(slot, 0);
    this.slots.clear(slot);
    while (record !== 0) {
      const next = this.records.next(record);
      this.place(record);
      record = next;
    }
  }

  /** The same with a record of each lane in turn. */
  private placeLanes(slot: number): void {
    const { slots, records } = this;
    let first = slots.head(slot, 0);
    let second = slots.head(slot, 1);
    let third = slots.head(slot, 2);
    let fourth = slots.head(slot, 3);
    slots.clear(slot);
    while ((first | second | third | fourth) !== 0) {
      // Each step along a lane is read before anything is done with the records it leaves.
      const [one, two, three, four] = [first, second, third, fourth];
      first = records.next(one);
      second = records.next(two);
      third = records.next(three);
      fourth = records.next(four);
      if (one !== 0) this.place(one);
      if (two !== 0) this.place(two);
      if (three !== 0) this.place(three);
      if (four !== 0) this.place(four);
    }
  }

  /**
   * Narrows the block to the part of it that `now` is in. It must be `now`: the next event may be
   * in a later part, and an event added before it would then precede the block.
   */
  private pullBack(): void {
    const epoch = ((this.now - this.base) * EPOCHS_PER_NS) | 0;
    while (this.near.size > this.crowd) {
      this.enterBlock(epoch, this.blockShift - LEVEL);
      this.near.empty((record) => this.place(record));
    }
  }

  /** Counts epochs anew from the first event beyond them, if it is due by `until`. */
  private rebase(until: Duration): boolean {
    let earliest = Infinity;
    for (let lane = 0; lane < LANES; lane++) {
      let record = this.slots.head(BEYOND, lane);
      for (; record !== 0; record = this.records.next(record)) {
        earliest = Math.min(earliest, this.records.time(record));
      }
    }
    if (earliest > until) return false;
    this.base = Math.floor(earliest * EPOCHS_PER_NS) * EPOCH;
    this.enterBlock(0, 0);
    this.placeAll(BEYOND);
    return true;
  }
}
