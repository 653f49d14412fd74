/**
 * Where pending events live: fixed records in one block of memory, and a list of the free ones.
 *
 *     | time         | order | next  | previous | kind  | a     | b     |
 *       8 bytes, f64   int32   int32   int32      int32   int32   int32     32 bytes
 *
 * One block instead of an object for each event: nothing for the garbage collector to do, and an
 * event's fields share half a cache line (measured: 1.5 to 6 times faster than a heap of objects).
 *
 * What holds:
 * - A record is named by the index of its first word, a multiple of 8. Record 0 is never an event,
 *   so 0 in `next` and `previous` can mean "none".
 * - Events are numbered by odd numbers of 40 bits, as they are scheduled: the lower 32 are `order`,
 *   the upper 8, the age, stand above the kind. So ties keep their order for 5 · 10^11 events.
 * - Freeing a record makes its `order` even. Whoever kept record and order together, as a handle or
 *   the near heap does, can tell that the event is gone.
 * - `next` of record 0 is 0, so a walk along a list may go on past its end.
 * - The views are replaced when the block grows: read them from the fields, never keep them.
 */
import { assert } from "./assert.ts";
import type { Duration } from "./time.ts";

/** Words of 4 bytes in a record, and which one holds what; the time is in the first two. */
const WORDS = 8;
const ORDER = 2;
const NEXT = 3;
const PREVIOUS = 4;
const KIND = 5;
const A = 6;
const B = 7;

/** A handle's 53 bits: the lower 29 of the event's order, then 24 for its record. */
const GENERATION_MASK = 2 ** 29 - 1;
const CAPACITY_MAX = 2 ** 24;
const CAPACITY_MASK = CAPACITY_MAX - 1;
/**
 * How much larger the next block is. Large blocks take memory page by page as they are filled, so
 * the steps can be long; the old block, for a while garbage beside the new one, is then a small part.
 */
export const GROWTH = 64;

/** The age stands above 24 bits of kind. */
const AGE_SHIFT = 24;
const AGE_ONE = 2 ** AGE_SHIFT;
const KIND_MASK = AGE_ONE - 1;

export class EventRecords {
  /** Records that hold a pending event [events] -- state. */
  used = 0;
  /** The block, seen as times and as words. */
  private times = new Float64Array(0);
  private words = new Int32Array(0);
  /** The first record given back and not used again, or 0 -- state. */
  private free = 0;
  /** The first record never used -- state. */
  private fresh = WORDS;
  /** Order of the latest event [int32] -- state. */
  private latest: number;
  /** Age of the latest event, where it stands above the kind [int32] -- state. */
  private age = 0;

  /** `latest`, an odd number, is the order after which numbering begins. */
  constructor(capacity = 1024, latest = 1) {
    this.latest = latest;
    this.resize(capacity);
  }

  /** Fills a free record with an event; it is in no list yet, and its time is not set. */
  create(kind: number, a: number, b: number): number {
    const record = this.free === 0 ? this.takeFresh() : this.free;
    const order = (this.latest + 2) | 0;
    this.latest = order;
    if (order === 1) this.growOlder();
    const { words } = this;
    this.free = words[record + NEXT]! | 0;
    this.used++;
    words[record + ORDER] = order;
    words[record + KIND] = kind | this.age;
    words[record + A] = a;
    words[record + B] = b;
    return record;
  }

  /** Gives a record back. What it held can still be read until the next `create`. */
  release(record: number): void {
    const { words } = this;
    words[record + ORDER]! &= ~1;
    words[record + NEXT] = this.free;
    this.free = record;
    this.used--;
  }

  /** A name for the event in a record, which outlives the event without harm. */
  handle(record: number): number {
    return (this.words[record + ORDER]! & GENERATION_MASK) * CAPACITY_MAX + record / WORDS;
  }

  /** The record of the event a handle names, or 0 if that event is over. */
  find(handle: number): number {
    const record = (handle & CAPACITY_MASK) * WORDS;
    const generation = (handle / CAPACITY_MAX) | 0;
    return (this.words[record + ORDER]! & GENERATION_MASK) === generation ? record : 0;
  }

  time(record: number): Duration {
    return this.times[record >> 1]!;
  }
  setTime(record: number, time: Duration): void {
    this.times[record >> 1] = time;
  }

  /** The lower 32 bits of the event's number, made even once it is over [int32]. */
  order(record: number): number {
    return this.words[record + ORDER]! | 0;
  }

  /** The event's number: events are counted as they are scheduled. */
  number(record: number): number {
    const { words } = this;
    return (words[record + KIND]! >>> AGE_SHIFT) * 2 ** 32 + (words[record + ORDER]! >>> 0);
  }

  kind(record: number): number {
    return this.words[record + KIND]! & KIND_MASK;
  }

  a(record: number): number {
    return this.words[record + A]! | 0;
  }

  b(record: number): number {
    return this.words[record + B]! | 0;
  }

  next(record: number): number {
    return this.words[record + NEXT]! | 0;
  }

  previous(record: number): number {
    return this.words[record + PREVIOUS]! | 0;
  }

  setPrevious(record: number, previous: number): void {
    this.words[record + PREVIOUS] = previous;
  }

  /** Puts a record between two others; `next` may be 0. What `previous` means is up to the list. */
  chain(record: number, previous: number, next: number): void {
    const { words } = this;
    words[record + NEXT] = next;
    words[record + PREVIOUS] = previous;
    if (next !== 0) words[next + PREVIOUS] = record;
  }

  /** Joins what is before a record to what is after it, as far as these are records. */
  unchain(record: number): void {
    const { words } = this;
    const next = words[record + NEXT]! | 0;
    const previous = words[record + PREVIOUS]! | 0;
    if (next !== 0) words[next + PREVIOUS] = previous;
    if (previous > 0) words[previous + NEXT] = next;
  }

  /** A record never used; its `next` is 0. */
  private takeFresh(): number {
    if (this.fresh === this.words.length) this.grow();
    const record = this.fresh;
    this.fresh += WORDS;
    return record;
  }

  private grow(): void {
    const capacity = this.words.length / WORDS;
    assert(capacity < CAPACITY_MAX, `at most ${CAPACITY_MAX - 1} events can be pending`);
    this.resize(Math.min(GROWTH * capacity, CAPACITY_MAX));
  }

  private resize(capacity: number): void {
    const old = this.words;
    const block = new ArrayBuffer(capacity * WORDS * 4);
    this.times = new Float64Array(block);
    this.words = new Int32Array(block);
    this.words.set(old);
  }

  private growOlder(): void {
    this.age = (this.age + AGE_ONE) | 0;
    assert(this.age !== 0, "at most 2^39 events can be scheduled");
  }
}
