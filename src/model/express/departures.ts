/**
 * The calls that leave a station in one chunk of time, put in order.
 *
 * Sorted by dealing: as many buckets of equal length as there are calls, so that each gets about
 * one; what is still out of order is put right by insertion. Some 12 ns a call.
 *
 * At the same instant whoever started first leaves first, because its end was scheduled first. Of two
 * that started at the same instant, the one that arrived first started first if nobody had to wait,
 * or if they were at the same instance; calls are added in the order of arrival, and sorting keeps it.
 */
import type { Duration } from "../../kernel/time.ts";
import { giveUp } from "./ties.ts";

const BUCKETS_MAX = 1 << 15;

export class Departures {
  /** Calls added since `clear` [calls] -- state. */
  count = 0;
  /** By position in the order of adding: when it leaves, when it started [ns], and its request. */
  times = new Float64Array(64);
  starts = new Float64Array(64);
  requests = new Int32Array(64);
  /** Twice its instance, and 1 more if it may have waited. */
  places = new Int32Array(64);
  /** After `sort`: times in order, and the positions they belong to. */
  sortedTimes = new Float64Array(64);
  order = new Int32Array(64);
  private buckets = new Int32Array(65);
  private tiesMatter = true;
  /** Whether the calls were added in the order in which they leave -- state. */
  private inOrder = true;

  /** Makes room for so many more; `add` does not look. */
  reserve(more: number): void {
    const wanted = this.count + more;
    if (wanted <= this.times.length) return;
    const size = 2 ** Math.ceil(log2(wanted));
    this.times = grown(this.times, new Float64Array(size));
    this.starts = grown(this.starts, new Float64Array(size));
    this.requests = grown(this.requests, new Int32Array(size));
    this.places = grown(this.places, new Int32Array(size));
    this.sortedTimes = new Float64Array(size);
    this.order = new Int32Array(size);
    this.buckets = new Int32Array(Math.min(size, BUCKETS_MAX) + 1);
  }

  add(time: Duration, start: Duration, request: number, place: number): void {
    const position = this.count;
    if (position > 0 && time <= this.times[position - 1]!) this.inOrder = false;
    this.times[position] = time;
    this.starts[position] = start;
    this.requests[position] = request;
    this.places[position] = place;
    this.count = (position + 1) | 0;
  }

  clear(): void {
    this.count = 0;
    this.inOrder = true;
  }

  /**
   * Orders the calls, all of which leave from `from` on and before `until`.
   *
   * @param tiesMatter whether anything follows from the order of calls that leave at the same instant
   */
  sort(from: Duration, until: Duration, tiesMatter: boolean): void {
    if (this.inOrder) return this.leave();
    this.tiesMatter = tiesMatter;
    this.deal(from, until);
    this.insert();
  }

  /** They are in order, as behind a single server. */
  private leave(): void {
    const { count, times, order, sortedTimes } = this;
    for (let position = 0; position < count; position++) {
      sortedTimes[position] = times[position]!;
      order[position] = position;
    }
  }

  private deal(from: Duration, until: Duration): void {
    const { count, times, order, sortedTimes, buckets } = this;
    let size = 1;
    while (size < count && size < BUCKETS_MAX) size *= 2;
    const perNs = size / (until - from);
    buckets.fill(0, 0, size + 1);
    for (let i = 0; i < count; i++) buckets[(((times[i]! - from) * perNs) | 0) + 1]!++;
    let sum = 0;
    for (let bucket = 0; bucket < size; bucket++) buckets[bucket] = sum += buckets[bucket]!;
    for (let i = 0; i < count; i++) {
      const time = times[i]!;
      const bucket = ((time - from) * perNs) | 0;
      const rank = buckets[bucket]!;
      buckets[bucket] = rank + 1;
      sortedTimes[rank] = time;
      order[rank] = i;
    }
  }

  /** Puts right what is out of order within buckets, and decides ties. */
  private insert(): void {
    const { count, order, sortedTimes } = this;
    for (let i = 1; i < count; i++) {
      const time = sortedTimes[i]!;
      if (sortedTimes[i - 1]! < time) continue;
      const position = order[i]!;
      let hole = i;
      while (hole > 0 && this.comesAfter(hole - 1, time, position)) {
        sortedTimes[hole] = sortedTimes[hole - 1]!;
        order[hole] = order[hole - 1]!;
        hole--;
      }
      sortedTimes[hole] = time;
      order[hole] = position;
    }
  }

  /** Whether the call of a rank leaves after the one at a position. */
  private comesAfter(rank: number, time: Duration, position: number): boolean {
    const rankTime = this.sortedTimes[rank]!;
    if (rankTime !== time) return rankTime > time;
    const rival = this.order[rank]!;
    const start = this.starts[rival]! - this.starts[position]!;
    if (start !== 0) return start > 0;
    if (this.tiesMatter) this.checkTie(rival, position);
    return rival > position;
  }

  /** Both left and started together: the order of arrival decides, if it is known to. */
  private checkTie(one: number, other: number): void {
    const place = this.places[one]!;
    const rivalPlace = this.places[other]!;
    const nobodyWaited = ((place | rivalPlace) & 1) === 0;
    if (!nobodyWaited && place >> 1 !== rivalPlace >> 1) giveUp();
  }
}

function log2(count: number): number {
  return 32 - Math.clz32(count - 1);
}

function grown<Numbers extends Float64Array | Int32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
