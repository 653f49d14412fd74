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
import { Batch } from "./batch.ts";
import type { Requests } from "./requests.ts";
import { giveUp } from "./ties.ts";

const BUCKETS_MAX = 1 << 15;

export class Departures {
  /** In the order in which they were added: those that are released, then those that came. */
  readonly calls = new Batch();
  /** After `sort`: when they leave, in order, and their positions in `calls`. */
  sortedTimes = new Float64Array(64);
  private order = new Int32Array(64);
  private buckets = new Int32Array(65);
  private tiesMatter = true;
  private readonly requests: Requests;
  private readonly station: number;

  constructor(requests: Requests, station: number) {
    this.requests = requests;
    this.station = station;
  }

  /** The call that leaves at a rank. */
  requestAt(rank: number): number {
    return this.calls.requests[this.order[rank]!]!;
  }

  /**
   * Orders the calls, all of which leave from `from` on and before `until`.
   *
   * @param tiesMatter whether anything follows from the order of calls that leave at the same instant
   */
  sort(from: Duration, until: Duration, tiesMatter: boolean): void {
    const size = this.calls.times.length;
    if (this.order.length < size) {
      this.sortedTimes = new Float64Array(size);
      this.order = new Int32Array(size);
      this.buckets = new Int32Array(Math.min(size, BUCKETS_MAX) + 1);
    }
    if (this.areInOrder()) return this.leave();
    this.tiesMatter = tiesMatter;
    this.deal(from, until);
    this.insert();
  }

  /** Brings the sorted calls into a batch of their own. */
  collect(sorted: Batch): void {
    const { order, sortedTimes, calls } = this;
    const { count, requests: unsorted } = calls;
    sorted.clear();
    sorted.reserve(count);
    const { times, requests } = sorted;
    for (let rank = 0; rank < count; rank++) {
      times[rank] = sortedTimes[rank]!;
      requests[rank] = unsorted[order[rank]!]!;
    }
    sorted.count = count;
  }

  /** As behind a single server. */
  private areInOrder(): boolean {
    const { count, times } = this.calls;
    for (let position = 1; position < count; position++)
      if (times[position]! <= times[position - 1]!) return false;
    return true;
  }

  private leave(): void {
    const { calls, order, sortedTimes } = this;
    const { count, times } = calls;
    for (let position = 0; position < count; position++) {
      sortedTimes[position] = times[position]!;
      order[position] = position;
    }
  }

  private deal(from: Duration, until: Duration): void {
    const { calls, order, sortedTimes, buckets } = this;
    const { count, times } = calls;
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
    const { calls, order, sortedTimes } = this;
    for (let i = 1; i < calls.count; i++) {
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
    const { requests, station } = this;
    const [one, other] = [this.calls.requests[rival]!, this.calls.requests[position]!];
    const start = requests.startedAt(one, station) - requests.startedAt(other, station);
    if (start !== 0) return start > 0;
    if (this.tiesMatter) checkTie(requests.placeAt(one, station), requests.placeAt(other, station));
    return rival > position;
  }
}

/** Two left and started together: the order of arrival decides, if it is known to. */
function checkTie(place: number, rivalPlace: number): void {
  const nobodyWaited = ((place | rivalPlace) & 1) === 0;
  if (!nobodyWaited && place >> 1 !== rivalPlace >> 1) giveUp();
}
