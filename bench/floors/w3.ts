/** Three tiers with a time-out per request by hand: scenarios/w3.yaml, draw for draw. */
import { stream } from "../../src/kernel/random.ts";
import type { Duration } from "../../src/kernel/time.ts";
import { Histogram } from "../../src/statistics/histogram.ts";
import type { Floor } from "./floor.ts";
import { Heap } from "./heap.ts";

const BETWEEN = 1e9 / 2720;
const TIMEOUT = 1e9;
const INSTANCES = 8;
const SLOTS = 4;
const WEB_WORK = 10e6;
const HIT_RATIO = 0.8;
const STORE_SLOTS = 16;
const STORE_WORK = 25e6;
/** The store is the station after the web instances. */
const STORE = INSTANCES;

/** Requests there may be at once. */
const ROOM = 1 << 14;

/** Event 0 is an arrival; request r has event 2r when it is served and 2r + 1 when it times out. */
const ARRIVAL = 0;

export const w3: Floor = (duration, seed) => {
  const arrivals = stream(seed, "clients", "arrivals");
  const webTimes = stream(seed, "web", "service-time of default 0");
  const hits = stream(seed, "cache", "hit");
  const storeTimes = stream(seed, "store", "service-time of read 0");
  const heap = new Heap(2 * ROOM);
  const model = new Model(heap);
  const { born, timedOut, station } = model;
  let turn = 0;
  let requests = 0;
  let events = 0;
  heap.push(ARRIVAL, Math.floor(arrivals.exponential() * BETWEEN + 0.5));
  for (;;) {
    const now = heap.firstTime();
    if (now > duration) return { requests, events, latency: model.latency };
    events++;
    const event = heap.pop();
    const request = event >> 1;
    if (event === ARRIVAL) {
      requests++;
      const fresh = model.take();
      born[fresh] = now;
      timedOut[fresh] = 0;
      heap.push(2 * fresh + 1, now + TIMEOUT);
      model.enter(fresh, turn, webTimes.exponential() * WEB_WORK, now);
      turn = turn + 1 === INSTANCES ? 0 : turn + 1;
      heap.push(ARRIVAL, Math.floor(now + arrivals.exponential() * BETWEEN + 0.5));
    } else if (event & 1) timedOut[request] = 1;
    else {
      const at = station[request]!;
      model.leave(at, now);
      if (at === STORE || hits.next() < HIT_RATIO) model.answer(request, now);
      else model.enter(request, STORE, storeTimes.exponential() * STORE_WORK, now);
    }
  }
};

class Model {
  readonly latency = new Histogram();
  private readonly heap: Heap;
  // By request; those that ended hang together by `next`, as do those in a queue. None is 0.
  readonly born = new Float64Array(ROOM);
  readonly timedOut = new Uint8Array(ROOM);
  readonly station = new Int32Array(ROOM);
  private readonly work = new Float64Array(ROOM);
  private readonly next = Int32Array.from({ length: ROOM }, (_, request) => (request + 1) % ROOM);
  private free = 1;
  // By station.
  private readonly idle = new Int32Array(INSTANCES + 1).fill(SLOTS);
  private readonly head = new Int32Array(INSTANCES + 1);
  private readonly tail = new Int32Array(INSTANCES + 1);

  constructor(heap: Heap) {
    this.heap = heap;
    this.idle[STORE] = STORE_SLOTS;
  }

  take(): number {
    const request = this.free;
    this.free = this.next[request]! | 0;
    return request;
  }

  enter(request: number, at: number, length: number, now: Duration): void {
    this.station[request] = at;
    if (this.idle[at]! > 0) {
      this.idle[at]!--;
      this.heap.push(2 * request, now + Math.floor(length + 0.5));
      return;
    }
    this.work[request] = length;
    this.next[request] = 0;
    if (this.head[at] === 0) this.head[at] = request;
    else this.next[this.tail[at]!] = request;
    this.tail[at] = request;
  }

  leave(at: number, now: Duration): void {
    const waiting = this.head[at]! | 0;
    if (waiting === 0) this.idle[at]!++;
    else {
      this.head[at] = this.next[waiting]!;
      this.heap.push(2 * waiting, now + Math.floor(this.work[waiting]! + 0.5));
    }
  }

  answer(request: number, now: Duration): void {
    if (this.timedOut[request] === 0) {
      this.heap.remove(2 * request + 1);
      this.latency.record(now - this.born[request]!);
    }
    this.next[request] = this.free;
    this.free = request;
  }
}
