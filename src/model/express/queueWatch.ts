/**
 * The longest the queues of a station have been, over all its instances together.
 *
 * Everything else follows from when calls start and leave. This needs arrivals and departures in one
 * order, so it is replayed, and only for chunks of time in which the queues may have become longer
 * than ever before. That is seen from a bound: the chunk is cut into slices, and within a slice all
 * calls come before any starts.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Batch } from "./batch.ts";
import type { Departures } from "./departures.ts";
import type { Counter } from "./lane.ts";
import { SOURCE, type Requests } from "./requests.ts";
import { giveUp } from "./ties.ts";

/** Slices of a chunk. */
const SLICES = 512;

export class QueueWatch {
  /** The most calls that have waited at all instances since the last reset [calls] -- state. */
  lengthMax = 0;
  /** How many do, where it is known who is where [calls] -- state. */
  private length = 0;
  /** Calls in a slot or in the queue, by instance, and whether that is known [calls] -- state. */
  private readonly present: Int32Array;
  private isKnown = false;
  /** Calls that were followed since the last replay only to know it [calls] -- state. */
  private followed = 0;
  /** Calls that begin and that cease to wait, by slice [calls] -- state while serving a chunk. */
  private readonly begin = new Int32Array(SLICES + 1);
  private readonly ceased = new Int32Array(SLICES + 1);
  private waitingBefore = 0;
  private from: Duration = 0;
  private until: Duration = 0;
  private slicesPerNs = 0;
  private readonly requests: Requests;
  /** The station it watches, and the stage from which calls come to it. */
  private readonly stage: number;
  private readonly before: number;
  private readonly slots: number;

  constructor(
    { instances, slots }: Pick<Counter, "instances" | "slots">,
    requests: Requests,
    { stage, before }: { stage: number; before: number },
  ) {
    this.present = new Int32Array(instances);
    this.slots = slots;
    this.requests = requests;
    this.stage = stage;
    this.before = before;
  }

  /** A chunk of time is about to be served, and so many wait at its beginning. */
  open(from: Duration, until: Duration, waiting: number): void {
    this.from = from;
    this.until = until;
    this.slicesPerNs = SLICES / (until - from);
    this.begin.fill(0);
    this.ceased.fill(0);
    this.waitingBefore = waiting;
  }

  /** Calls of a list come, and may wait until they start. */
  wait(list: Int32Array, count: number, arrivals: Float64Array, starts: Float64Array): void {
    const { begin, ceased, from, until, slicesPerNs } = this;
    for (let k = 0; k < count; k++) {
      const call = list[k]!;
      const start = starts[call]!;
      begin[((arrivals[call]! - from) * slicesPerNs) | 0]!++;
      if (start < until) ceased[((start - from) * slicesPerNs) | 0]!++;
    }
  }

  /** Calls that came before the chunk start in it. */
  cease({ count, times }: Batch): void {
    const { ceased, from, slicesPerNs } = this;
    for (let k = 0; k < count; k++) ceased[((times[k]! - from) * slicesPerNs) | 0]!++;
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

  /** Passes over a chunk in which the queues were no longer than before. */
  pass(inbox: Batch, left: Batch, staying: number): void {
    if (!this.isKnown) return;
    // Following them is given up once it has taken as long as it takes to look back.
    this.followed += inbox.count + left.count;
    if (this.followed > staying) this.isKnown = false;
    for (let k = 0; k < inbox.count; k++) this.arrive(this.instanceOf(inbox.requests[k]!));
    for (let k = 0; k < left.count; k++) this.leave(left.requests[k]!);
  }

  /** Replays a chunk, at the end of which these are there. */
  replay(inbox: Batch, departures: Departures, staying: readonly Batch[]): void {
    const { sortedTimes, calls } = departures;
    if (!this.isKnown) this.lookBack(inbox, calls, staying);
    this.isKnown = true;
    this.followed = 0;
    let next = 0;
    for (let k = 0; k < inbox.count; k++) {
      const time = inbox.times[k]!;
      const request = inbox.requests[k]!;
      while (next < calls.count && sortedTimes[next]! <= time) {
        const left = departures.requestAt(next);
        if (sortedTimes[next] === time && !this.leavesFirst(left, request, time)) break;
        this.leave(left);
        next++;
      }
      this.arrive(this.instanceOf(request));
      if (this.length > this.lengthMax) this.lengthMax = this.length;
    }
    for (; next < calls.count; next++) this.leave(departures.requestAt(next));
  }

  /** Who was there at the beginning: all who leave in the chunk or later, but for those who came in it. */
  private lookBack(inbox: Batch, left: Batch, staying: readonly Batch[]): void {
    const { present, slots } = this;
    present.fill(0);
    for (const batch of staying) this.count(batch, 1);
    this.count(left, 1);
    this.count(inbox, -1);
    this.length = present.reduce((sum, calls) => sum + Math.max(0, calls - slots), 0);
  }

  private count({ count, requests }: Batch, sign: 1 | -1): void {
    for (let k = 0; k < count; k++) this.present[this.instanceOf(requests[k]!)]! += sign;
  }

  private instanceOf(request: number): number {
    return this.requests.placeAt(request, this.stage) >> 1;
  }

  private arrive(instance: number): void {
    if (this.present[instance]!++ >= this.slots) this.length++;
  }

  private leave(request: number): void {
    if (this.present[this.instanceOf(request)]!-- > this.slots) this.length--;
  }

  /** Whether a call leaves before another comes at the same instant. */
  private leavesFirst(left: number, coming: number, now: Duration): boolean {
    const { requests, stage } = this;
    const start = requests.startedAt(left, stage);
    const scheduled = requests.startedAt(coming, this.before);
    if (start !== scheduled) return start < scheduled;
    const waited = (requests.placeAt(left, stage) & 1) === 1;
    if (this.before === SOURCE && start < now && !waited) return true;
    // Not known. Arriving first makes the longer queue: does anything follow from that?
    const instance = this.instanceOf(coming);
    if (this.length >= this.lengthMax && this.present[instance]! >= this.slots) giveUp();
    return false;
  }
}
