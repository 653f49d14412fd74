/**
 * A part with slots, computed: G/G/c behind a queue on every instance, first come, first served.
 *
 *     inbox -> instance, work -> start = max(now, first free slot) -> leaves at start + work -> leg
 *
 * Nothing can interrupt a call, so all that will happen to it here is known when it arrives. Those
 * that leave in the same chunk of time go on at once, the others wait in the pool.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Distribution } from "../../statistics/distributions/distribution.ts";
import type { PartReading } from "../parts/part.ts";
import type { Router } from "../router.ts";
import { Departures } from "./departures.ts";
import { Inbox } from "./inbox.ts";
import type { Counter } from "./lane.ts";
import type { Ledger } from "./ledger.ts";
import type { Leg } from "./leg.ts";
import { Pool } from "./pool.ts";
import { QueueWatch } from "./queueWatch.ts";
import type { Requests } from "./requests.ts";
import { Slots } from "./slots.ts";

/** What one class of requests does at a station. */
export interface Visit {
  /** Chooses its instance. */
  readonly router: Router;
  readonly work: Distribution;
  /** Where it goes from here. */
  readonly leg: Leg;
}

/** What a station reads of itself; the rest its part knows. */
type StationReading = Pick<PartReading, "busyTime" | "slotBusyTime" | "queueTime">;

export class Station {
  readonly part: number;
  /** Place among the stations -- constant. */
  readonly number: number;
  /** Calls that come in the chunk of time to be served. */
  readonly inbox = new Inbox();
  readonly meter: Counter["meter"];
  /** Calls that have left [calls] -- state. */
  left = 0;
  private readonly visits: Visit[] = [];
  private readonly slots: Slots;
  private readonly watch: QueueWatch;
  private readonly departures = new Departures();
  private readonly pool = new Pool();
  private readonly requests: Requests;
  private readonly ledger: Ledger;
  /** Whether requests come to it as they are born -- constant. */
  private readonly atTheSource: boolean;
  /** Whether a class goes on from here, so that the order of departures matters. */
  private leadsOn = false;
  /** Where each call of the inbox went [instance]. */
  private instances = new Int32Array(64);
  /** Slot-time of the calls that have started, by instance [slot ns]. */
  private readonly begun: Float64Array;

  constructor(
    part: number,
    counter: Counter,
    number: number,
    atTheSource: boolean,
    { requests, ledger }: { requests: Requests; ledger: Ledger },
  ) {
    this.part = part;
    this.number = number;
    this.meter = counter.meter;
    this.slots = new Slots(counter.instances, counter.slots);
    this.watch = new QueueWatch(counter.instances, counter.slots, atTheSource);
    this.begun = new Float64Array(counter.instances);
    this.atTheSource = atTheSource;
    this.requests = requests;
    this.ledger = ledger;
  }

  /** Says what a class of requests does here. */
  expect(requestClass: number, visit: Visit): void {
    this.visits[requestClass] = visit;
    if (!visit.leg.isEnd) this.leadsOn = true;
  }

  /** Calls that have arrived and not left [calls]. */
  get present(): number {
    return this.pool.count;
  }

  /** After a reading: calls in the queue that start before the next one are counted from now on. */
  beginPeriod(after: Duration, until: Duration): void {
    const { pool, meter } = this;
    this.watch.lengthMax = meter.queueLengthMax;
    for (let position = 0; position < pool.count; position++) {
      const start = pool.starts[position]!;
      if (start < after || start >= until) continue;
      const wait = start - pool.arrivals[position]!;
      meter.waitedSum += wait;
      meter.waitedCount++;
      meter.waitingTime.record(wait);
      this.begun[pool.places[position]! >> 1]! += pool.times[position]! - start;
    }
  }

  /** Serves a chunk of time, from `from` on and before `until`; readings are next taken at `period`. */
  run(from: Duration, until: Duration, period: Duration): void {
    const { departures, pool, inbox } = this;
    pool.release(until, departures);
    const released = departures.count;
    const kept = pool.count;
    const crowded = inbox.count > 0 && this.admit(until, period);
    if (departures.count > 0) {
      if (crowded || this.leadsOn) departures.sort(from, until, this.leadsOn);
    }
    if (crowded) this.replay(released, kept);
    inbox.clear();
    this.sendOn();
    this.left += departures.count;
    departures.clear();
  }

  /** Finds out when each call of the inbox starts and leaves; whether one may have had to wait. */
  private admit(until: Duration, period: Duration): boolean {
    const { inbox, requests, departures, pool, visits, slots, meter, begun, number } = this;
    const { count, times } = inbox;
    const { atTheSource } = this;
    departures.reserve(count);
    if (this.instances.length < count) this.instances = new Int32Array(2 * count);
    let crowded = false;
    let waited = 0;
    let begunCount = 0;
    for (let k = 0; k < count; k++) {
      const time = times[k]!;
      const request = inbox.requests[k]!;
      const visit = visits[requests.requestClass(request)]!;
      const instance = visit.router.pick();
      const work = Math.floor(visit.work.sample() + 0.5);
      const free = slots.earliest(instance);
      const start = free > time ? free : time;
      const leaves = start + work;
      slots.take(instance, leaves);
      this.instances[k] = instance;
      requests.setStartedAt(request, number, start);
      if (atTheSource) requests.setSlotTime(request, work);
      let place = instance << 1;
      if (free >= time) {
        place |= 1;
        crowded = true;
      }
      if (start < period) {
        waited += start - time;
        begunCount++;
        meter.waitingTime.record(start - time);
        begun[instance]! += work;
      }
      if (leaves >= requests.deadline(request)) this.ledger.giveUp(request);
      if (leaves < until) departures.add(leaves, start, request, place);
      else pool.add(time, start, leaves, request, place);
    }
    meter.waitedSum += waited;
    meter.waitedCount += begunCount;
    return crowded;
  }

  private replay(released: number, kept: number): void {
    const { watch, departures, pool } = this;
    watch.clear();
    for (let position = 0; position < released; position++)
      watch.arrive(departures.places[position]! >> 1);
    for (let position = 0; position < kept; position++) watch.arrive(pool.places[position]! >> 1);
    watch.replay(this.inbox, this.instances, departures);
  }

  /** Sends those who leave on to wherever they go, in order if there is more to come. */
  private sendOn(): void {
    const { departures, visits, requests, leadsOn } = this;
    const { count, order, times, starts } = departures;
    for (let rank = 0; rank < count; rank++) {
      const position = leadsOn ? order[rank]! : rank;
      const request = departures.requests[position]!;
      const visit = visits[requests.requestClass(request)]!;
      visit.leg.pass(times[position]!, starts[position]!, request);
    }
  }

  /**
   * Brings the meter up to an instant, and reads what it does not know.
   *
   * @param until calls that start before this instant have been counted: `now`, or just after it
   */
  read(now: Duration, until: Duration): StationReading {
    const { pool, meter } = this;
    const busy = this.begun.slice();
    let queueTime = meter.waitedSum;
    meter.queueLength = 0;
    for (let position = 0; position < pool.count; position++) {
      if (pool.starts[position]! < until) {
        busy[pool.places[position]! >> 1]! -= pool.times[position]! - now;
      } else {
        queueTime += now - pool.arrivals[position]!;
        meter.queueLength++;
      }
    }
    meter.queueLengthMax = this.watch.lengthMax;
    const busyTime = busy.reduce((sum, time) => sum + time, 0);
    return { busyTime, slotBusyTime: busyTime, queueTime };
  }
}
