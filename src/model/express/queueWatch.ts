/**
 * The longest the queues of a station have been, over all its instances together.
 *
 * Everything else follows from when calls start and leave. This needs arrivals and departures in one
 * order, so it is replayed, and only for chunks of time in which somebody may have waited.
 */
import type { Departures } from "./departures.ts";
import type { Inbox } from "./inbox.ts";
import { giveUp } from "./ties.ts";

export class QueueWatch {
  /** Calls that wait at all instances, and the most since the last reset [calls] -- state. */
  length = 0;
  lengthMax = 0;
  /** Calls in a slot or in the queue, by instance [calls] -- state while replaying. */
  private readonly present: Int32Array;
  private readonly slots: number;
  /** Whether a call that did not wait was scheduled to leave before the next arrival was. */
  private readonly atTheSource: boolean;

  constructor(instances: number, slots: number, atTheSource: boolean) {
    this.present = new Int32Array(instances);
    this.slots = slots;
    this.atTheSource = atTheSource;
  }

  /** Begins a chunk: nobody is there yet. */
  clear(): void {
    this.present.fill(0);
    this.length = 0;
  }

  /** Replays a chunk. @param instances where each arrival went. */
  replay(inbox: Inbox, instances: Int32Array, departures: Departures): void {
    const { sortedTimes, order, places } = departures;
    let next = 0;
    for (let k = 0; k < inbox.count; k++) {
      const time = inbox.times[k]!;
      const instance = instances[k]!;
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

  /** A call comes, or has been there since before the chunk. */
  arrive(instance: number): void {
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
