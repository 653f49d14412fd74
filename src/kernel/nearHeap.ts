/**
 * The few events due next, in exact order: a binary heap by time, then by order of scheduling.
 *
 * Entries repeat all that is compared, so sifting never touches the records. A cancelled event
 * leaves its entry behind; it shows by the order of its record having changed.
 *
 * What holds: no entry i comes after entries 2i + 1 and 2i + 2.
 */
import type { EventRecords } from "./eventRecords.ts";
import type { Duration } from "./time.ts";

/** Records are multiples of 8, and below 2^27: without those 3 bits they leave room for the age. */
const RECORD_SHIFT = 3;
const RECORD_MASK = 2 ** 24 - 1;
const AGE_SHIFT = 24;

export class NearHeap {
  /** Entries, those of cancelled events included -- state. */
  size = 0;
  private readonly records: EventRecords;
  /** When each entry is due [ns]. */
  private times = new Float64Array(256);
  /** The lower 32 bits of the event's number in the order of scheduling. */
  private orders = new Int32Array(256);
  /** The upper 8 bits of that number, above 24 bits that say where the record is. */
  private places = new Int32Array(256);

  constructor(records: EventRecords) {
    this.records = records;
  }

  /** When the first entry is due [ns]; only while there is one. */
  firstTime(): Duration {
    return this.times[0]!;
  }

  push(record: number): void {
    if (this.size === this.times.length) this.grow();
    const { records, times, orders, places } = this;
    const time = records.time(record);
    const order = records.order(record);
    const place = records.ageBits(record) | (record >> RECORD_SHIFT);
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time) break;
      if (parentTime === time && !this.wasLater(parent, order, place)) break;
      times[hole] = parentTime;
      orders[hole] = orders[parent]!;
      places[hole] = places[parent]!;
      hole = parent;
    }
    times[hole] = time;
    orders[hole] = order;
    places[hole] = place;
  }

  /** Takes the first entry out; its record, or 0 if its event was cancelled. */
  pop(): number {
    const record = this.liveRecord(0);
    const { times, orders, places } = this;
    const last = --this.size;
    const time = times[last]!;
    const order = orders[last]! | 0;
    const place = places[last]! | 0;
    let hole = 0;
    for (let child = 1; child < last; child = 2 * hole + 1) {
      let childTime = times[child]!;
      if (child + 1 < last) {
        const otherTime = times[child + 1]!;
        if (
          otherTime < childTime ||
          (otherTime === childTime && this.wasLater(child, orders[child + 1]!, places[child + 1]!))
        ) {
          child++;
          childTime = otherTime;
        }
      }
      if (time < childTime) break;
      if (time === childTime && this.wasLater(child, order, place)) break;
      times[hole] = childTime;
      orders[hole] = orders[child]!;
      places[hole] = places[child]!;
      hole = child;
    }
    times[hole] = time;
    orders[hole] = order;
    places[hole] = place;
    return record;
  }

  /** Takes every entry out, in no order, and hands on those whose event was not cancelled. */
  empty(keep: (record: number) => void): void {
    const { size } = this;
    this.size = 0;
    // `keep` may push: it never overtakes this reading.
    for (let entry = 0; entry < size; entry++) {
      const record = this.liveRecord(entry);
      if (record !== 0) keep(record);
    }
  }

  private liveRecord(entry: number): number {
    const record = (this.places[entry]! & RECORD_MASK) << RECORD_SHIFT;
    return this.records.order(record) === (this.orders[entry]! | 0) ? record : 0;
  }

  /** Whether the entry's event was scheduled after another one, which is due at the same time. */
  private wasLater(entry: number, order: number, place: number): boolean {
    const age = this.places[entry]! >>> AGE_SHIFT;
    const otherAge = place >>> AGE_SHIFT;
    if (age !== otherAge) return age > otherAge;
    return this.orders[entry]! >>> 0 > order >>> 0;
  }

  private grow(): void {
    const { times, orders, places } = this;
    this.times = new Float64Array(2 * times.length);
    this.orders = new Int32Array(2 * times.length);
    this.places = new Int32Array(2 * times.length);
    this.times.set(times);
    this.orders.set(orders);
    this.places.set(places);
  }
}
