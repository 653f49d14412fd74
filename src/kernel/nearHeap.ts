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

export class NearHeap {
  /** Entries, those of cancelled events included -- state. */
  size = 0;
  private readonly records: EventRecords;
  /** When each entry is due [ns]. */
  private times = new Float64Array(256);
  /** The number of its event in the order of scheduling. */
  private numbers = new Float64Array(256);
  /** The record of its event. */
  private owners = new Int32Array(256);

  constructor(records: EventRecords) {
    this.records = records;
  }

  /** When the first entry is due [ns]; only while there is one. */
  firstTime(): Duration {
    return this.times[0]!;
  }

  push(record: number): void {
    const time = this.records.time(record);
    const number = this.records.number(record);
    let hole = this.size++;
    if (hole === this.times.length) this.grow();
    const { times, numbers, owners } = this;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && numbers[parent]! < number)) break;
      times[hole] = parentTime;
      numbers[hole] = numbers[parent]!;
      owners[hole] = owners[parent]!;
      hole = parent;
    }
    times[hole] = time;
    numbers[hole] = number;
    owners[hole] = record;
  }

  /** Takes the first entry out; its record, or 0 if its event was cancelled. */
  pop(): number {
    const record = this.liveRecord(0);
    const { times, numbers, owners } = this;
    // The last entry sinks from the top to its place.
    const last = --this.size;
    const time = times[last]!;
    const number = numbers[last]!;
    let hole = 0;
    for (let child = 1; child < last; child = 2 * hole + 1) {
      let childTime = times[child]!;
      const rival = child + 1;
      if (rival < last) {
        const rivalTime = times[rival]!;
        if (
          rivalTime < childTime ||
          (rivalTime === childTime && numbers[rival]! < numbers[child]!)
        ) {
          child = rival;
          childTime = rivalTime;
        }
      }
      if (time < childTime || (time === childTime && number < numbers[child]!)) break;
      times[hole] = childTime;
      numbers[hole] = numbers[child]!;
      owners[hole] = owners[child]!;
      hole = child;
    }
    times[hole] = time;
    numbers[hole] = number;
    owners[hole] = owners[last]!;
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
    const record = this.owners[entry]! | 0;
    return this.records.order(record) === (this.numbers[entry]! | 0) ? record : 0;
  }

  private grow(): void {
    const { times, numbers, owners } = this;
    this.times = new Float64Array(2 * times.length);
    this.numbers = new Float64Array(2 * times.length);
    this.owners = new Int32Array(2 * times.length);
    this.times.set(times);
    this.numbers.set(numbers);
    this.owners.set(owners);
  }
}
