/**
 * The longest the queues of a station have been, over all its instances together.
 *
 * Everything else follows from when calls start and leave. This needs arrivals and departures in one
 * order, so it is replayed, and only for chunks of time in which the queues may have become longer
 * than ever before. That is seen from a bound: the chunk is cut into slices, and within a slice all
 * calls come before any starts.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Departures } from "./departures.ts";
import type { Inbox } from "./inbox.ts";
import { giveUp } from "./ties.ts";

/** Slices of a chunk. */
const SLICES = 512;

export class QueueWatch {
  /** Calls that wait at all instances, and the most since the last reset [calls] -- state. */
  length = 0;
  lengthMax = 0;
  /** Calls in a slot or in the queue, by instance [calls] -- state while replaying. */
  private readonly present: Int32Array;
  /** Calls that begin and that cease to wait, by slice [calls] -- state while serving a chunk. */
  private readonly begin = new Int32Array(SLICES + 1);
  private readonly ceased = new Int32Array(SLICES + 1);
  private waitingBefore = 0;
  /** When calls that have come start, if that is after the chunk [ns], and how many there are. */
  private later = new Float64Array(64);
  private laterCount = 0;
  private from: Duration = 0;
  private until: Duration = 0;
  private slicesPerNs = 0;
  private readonly slots: number;
  /** Whether a call that did not wait was scheduled to leave before the next arrival was. */
  private readonly atTheSource: boolean;

  constructor(instances: number, slots: number, atTheSource: boolean) {
    this.present = new Int32Array(instances);
    this.slots = slots;
    this.atTheSource = atTheSource;
  }

  /** A chunk of time is about to be served. */
  open(from: Duration, until: Duration): void {
    this.from = from;
    this.until = until;
    this.slicesPerNs = SLICES / (until - from);
    this.begin.fill(0);
    this.ceased.fill(0);
    this.waitAlready();
  }

  /** A call comes, and may wait until it starts. */
  waits(arrival: Duration, start: Duration): void {
    this.begin[this.slice(arrival)]!++;
    this.cease(start);
  }

  /** Who came before the chunk and starts in it, or later. */
  private waitAlready(): void {
    const { later, laterCount } = this;
    this.waitingBefore = laterCount;
    this.laterCount = 0;
    for (let k = 0; k < laterCount; k++) this.cease(later[k]!);
  }

  private cease(start: Duration): void {
    if (start < this.until) this.ceased[this.slice(start)]!++;
    else {
      if (this.laterCount === this.later.length) this.grow();
      this.later[this.laterCount++] = start;
    }
  }

  private grow(): void {
    const { later } = this;
    (this.later = new Float64Array(later.length * 2)).set(later);
  }

  /** Whether the queues may have been longer in this chunk than ever before. */
  mayBeLonger(): boolean {
    const { begin, ceased } = this;
    let length = this.waitingBefore;
    for (let slice = 0; slice <= SLICES; slice++) {
      length += begin[slice]!;
      if (length > this.lengthMax) return true;
      length -= ceased[slice]!;
    }
    return false;
  }

  private slice(time: Duration): number {
    return ((time - this.from) * this.slicesPerNs) | 0;
  }

  /** Before a replay: nobody is there yet. */
  clear(): void {
    this.present.fill(0);
  }

  /** Before a replay: these calls were there at the beginning, or if `sign` is -1 they were not yet. */
  add(places: Int32Array, count: number, sign: 1 | -1): void {
    for (let position = 0; position < count; position++)
      this.present[places[position]! >> 1]! += sign;
  }

  /** Replays a chunk. @param arrived the place of each arrival. */
  replay(inbox: Inbox, arrived: Int32Array, departures: Departures): void {
    const { sortedTimes, order, places } = departures;
    this.length = this.present.reduce((sum, calls) => sum + Math.max(0, calls - this.slots), 0);
    let next = 0;
    for (let k = 0; k < inbox.count; k++) {
      const time = inbox.times[k]!;
      const instance = arrived[k]! >> 1;
      while (next < departures.count && sortedTimes[next]! <= time) {
        const left = order[next]!;
        if (sortedTimes[next] === time && !this.leavesFirst(inbox, k, departures, left, instance))
          break;
        this.leave(places[left]! >> 1);
        next++;
      }
      this.arrive(instance);
    }
    for (; next < departures.count; next++) this.leave(places[order[next]!]! >> 1);
  }

  private arrive(instance: number): void {
    if (this.present[instance]!++ < this.slots) return;
    this.length++;
    if (this.length > this.lengthMax) this.lengthMax = this.length;
  }

  private leave(instance: number): void {
    if (this.present[instance]!-- > this.slots) this.length--;
  }

  /** Whether a call leaves before another comes at the same instant. */
  private leavesFirst(
    inbox: Inbox,
    arrival: number,
    departures: Departures,
    left: number,
    instance: number,
  ): boolean {
    const start = departures.starts[left]!;
    const scheduled = inbox.scheduled[arrival]!;
    if (start !== scheduled) return start < scheduled;
    const lasted = start < inbox.times[arrival]!;
    const waited = (departures.places[left]! & 1) === 1;
    if (this.atTheSource && lasted && !waited) return true;
    // Not known. Arriving first makes the longer queue: does anything follow from that?
    if (this.length >= this.lengthMax && this.present[instance]! >= this.slots) giveUp();
    return false;
  }
}
