/**
 * A part with slots, computed: G/G/c behind a queue on every instance, first come, first served.
 *
 *     inbox -> instance, work -> start = max(now, first free slot) -> leaves at start + work -> leg
 *
 * Nothing can interrupt a call, so all that will happen to it here is known when it arrives. Those
 * that leave in the same chunk of time go on at once, the others stand in the calendar.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Distribution } from "../../statistics/distributions/distribution.ts";
import { Durations } from "../../statistics/histogram.ts";
import type { PartReading } from "../parts/part.ts";
import type { Router } from "../router.ts";
import { Calendar } from "./calendar.ts";
import { Departures } from "./departures.ts";
import { Inbox } from "./inbox.ts";
import type { Counter } from "./lane.ts";
import type { Ledger } from "./ledger.ts";
import type { Leg } from "./leg.ts";
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
  private readonly calendar = new Calendar();
  private readonly requests: Requests;
  private readonly ledger: Ledger;
  /** Whether requests come to it as they are born -- constant. */
  private readonly atTheSource: boolean;
  /** Whether a class goes on from here, so that the order of departures matters. */
  private leadsOn = false;
  /** What is done here, if all classes do the same. */
  private only: Visit | null = null;
  /** Where all go from here, if only one class comes. */
  private way: Leg | null = null;
  /** Of each call of the inbox: its place, its work and its start [ns]. */
  private instances = new Int32Array(64);
  private works = new Float64Array(64);
  private starts = new Float64Array(64);
  private readonly waits = new Durations();
  /** Slot-time of the calls that have started [slot ns] -- state. */
  private begun = 0;

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
    this.atTheSource = atTheSource;
    this.requests = requests;
    this.ledger = ledger;
  }

  /** Says what a class of requests does here. */
  expect(requestClass: number, visit: Visit): void {
    const first = this.visits.find(Boolean) ?? visit;
    const isSame = first.work === visit.work && first.router === visit.router;
    this.only = isSame && (this.only !== null || first === visit) ? visit : null;
    this.way = this.visits.some(Boolean) ? null : visit.leg;
    this.visits[requestClass] = visit;
    if (!visit.leg.isEnd) this.leadsOn = true;
  }

  /** Calls that have arrived and not left [calls]. */
  get present(): number {
    return this.calendar.count;
  }

  /** After a reading: calls in the queue that start before the next one are counted from now on. */
  beginPeriod(after: Duration, until: Duration): void {
    const { calendar, meter } = this;
    this.watch.lengthMax = meter.queueLengthMax;
    for (const { count, arrivals, starts, times } of calendar.pages) {
      for (let position = 0; position < count; position++) {
        const start = starts[position]!;
        if (start < after || start >= until) continue;
        const wait = start - arrivals[position]!;
        meter.waitedSum += wait;
        meter.waitedCount++;
        meter.waitingTime.record(wait);
        this.begun += times[position]! - start;
      }
    }
  }

  /** Chunks are about so long from now on [ns]. */
  follow(chunk: Duration): void {
    this.calendar.follow(chunk);
  }

  /** Serves a chunk of time, from `from` on and before `until`; readings are next taken at `period`. */
  run(from: Duration, until: Duration, period: Duration): void {
    const { departures, calendar, inbox, watch } = this;
    watch.open(from, until);
    calendar.release(until, departures);
    if (inbox.count > 0) this.admit(until, period);
    const isLonger = watch.mayBeLonger();
    if (isLonger || this.leadsOn) departures.sort(from, until, this.leadsOn);
    if (isLonger) this.replay();
    inbox.clear();
    this.sendOn();
    this.left += departures.count;
    departures.clear();
  }

  /**
   * Finds out when each call of the inbox starts and leaves: one thing after another for all of them,
   * because short loops over arrays take half the time of a long one.
   */
  private admit(until: Duration, period: Duration): void {
    const { count } = this.inbox;
    if (this.instances.length < count) {
      this.instances = new Int32Array(2 * count);
      this.works = new Float64Array(2 * count);
      this.starts = new Float64Array(2 * count);
    }
    this.departures.reserve(count);
    this.choose();
    this.drawWork();
    this.schedule();
    this.countStarts(period);
    this.note();
    this.leave(until);
  }

  private choose(): void {
    const { inbox, instances, visits, requests, only } = this;
    const { count } = inbox;
    if (only !== null) {
      const { router } = only;
      for (let k = 0; k < count; k++) instances[k] = router.pick();
    } else {
      for (let k = 0; k < count; k++) {
        instances[k] = visits[requests.requestClass(inbox.requests[k]!)]!.router.pick();
      }
    }
  }

  private drawWork(): void {
    const { inbox, works, visits, requests, only } = this;
    const { count } = inbox;
    if (only !== null) {
      const { work } = only;
      for (let k = 0; k < count; k++) works[k] = Math.floor(work.sample() + 0.5);
    } else {
      for (let k = 0; k < count; k++) {
        const { work } = visits[requests.requestClass(inbox.requests[k]!)]!;
        works[k] = Math.floor(work.sample() + 0.5);
      }
    }
  }

  /** Each starts when it comes or when the first slot of its instance is free, and leaves after its work. */
  private schedule(): void {
    const { inbox, instances, works, starts, slots } = this;
    const { count, times } = inbox;
    for (let k = 0; k < count; k++) {
      const time = times[k]!;
      const instance = instances[k]!;
      const free = slots.earliest(instance);
      // The later of both, without asking which: a processor guesses wrong half the time.
      const ahead = free - time;
      const start = time + (ahead + Math.abs(ahead)) / 2;
      slots.take(instance, start + works[k]!);
      starts[k] = start;
      // Twice the instance, and 1 more if it may have waited.
      instances[k] = (instance << 1) | (free >= time ? 1 : 0);
    }
  }

  /** Waits and work of the calls that start before the next reading. */
  private countStarts(period: Duration): void {
    const { inbox, instances, works, starts, meter, watch } = this;
    const { count, times } = inbox;
    const { waits } = this;
    waits.reserve(count);
    let waited = 0;
    let started = 0;
    let begun = 0;
    for (let k = 0; k < count; k++) {
      const time = times[k]!;
      const start = starts[k]!;
      const place = instances[k]!;
      if ((place & 1) === 1) watch.waits(time, start);
      if (start >= period) continue;
      const wait = start - time;
      waits.values[started++] = wait;
      waited += wait;
      begun += works[k]!;
    }
    meter.waitingTime.recordAll(waits, started);
    meter.waitedSum += waited;
    meter.waitedCount += started;
    this.begun += begun;
  }

  /** Notes of each what its request will want to know. */
  private note(): void {
    const { inbox, works, starts, requests, number, atTheSource } = this;
    const { count } = inbox;
    for (let k = 0; k < count; k++) requests.setStartedAt(inbox.requests[k]!, number, starts[k]!);
    if (!requests.impatient) return;
    for (let k = 0; k < count; k++) {
      const request = inbox.requests[k]!;
      if (atTheSource) requests.setSlotTime(request, works[k]!);
      if (requests.isGivenUp(request, starts[k]! + works[k]!)) this.ledger.giveUp(request);
    }
  }

  /** Puts each with those that leave now, or later. */
  private leave(until: Duration): void {
    const { inbox, instances, works, starts, departures, calendar } = this;
    const { count, times } = inbox;
    for (let k = 0; k < count; k++) {
      const request = inbox.requests[k]!;
      const start = starts[k]!;
      const leaves = start + works[k]!;
      if (leaves < until) departures.add(leaves, start, request, instances[k]!);
      else calendar.add(times[k]!, start, leaves, request, instances[k]!);
    }
  }

  /** Follows the length of the queues through the chunk. */
  private replay(): void {
    const { watch, departures, calendar, inbox, instances } = this;
    watch.clear();
    for (const { count, places } of calendar.pages) watch.add(places, count, 1);
    watch.add(departures.places, departures.count, 1);
    watch.add(instances, inbox.count, -1);
    watch.replay(inbox, instances, departures);
  }

  /** Sends those who leave on to wherever they go, in order if there is more to come. */
  private sendOn(): void {
    const { departures, visits, requests, leadsOn, way } = this;
    const { count, order, times, starts } = departures;
    for (let rank = 0; rank < count; rank++) {
      const position = leadsOn ? order[rank]! : rank;
      const request = departures.requests[position]!;
      const leg = way ?? visits[requests.requestClass(request)]!.leg;
      leg.pass(times[position]!, starts[position]!, request);
    }
  }

  /**
   * Brings the meter up to an instant, and reads what it does not know.
   *
   * @param until calls that start before this instant have been counted: `now`, or just after it
   */
  read(now: Duration, until: Duration): StationReading {
    const { calendar, meter } = this;
    let busyTime = this.begun;
    let queueTime = meter.waitedSum;
    meter.queueLength = 0;
    for (const { count, arrivals, starts, times } of calendar.pages) {
      for (let position = 0; position < count; position++) {
        if (starts[position]! < until) {
          busyTime -= times[position]! - now;
        } else {
          queueTime += now - arrivals[position]!;
          meter.queueLength++;
        }
      }
    }
    meter.queueLengthMax = this.watch.lengthMax;
    return { busyTime, slotBusyTime: busyTime, queueTime };
  }
}
