/**
 * A part with slots, computed: G/G/c behind a queue on every instance, first come, first served.
 *
 *     inbox -> instance, work -> start = max(now, first free slot) -> leaves at start + work -> leg
 *
 * Nothing can interrupt a call, so all that will happen to it here is known when it arrives. Those
 * that leave in the same chunk of time go on at once, the others stand in the calendar.
 */
import { ExactSum } from "../../kernel/exactSum.ts";
import type { Duration } from "../../kernel/time.ts";
import type { Distribution } from "../../statistics/distributions/distribution.ts";
import { Durations } from "../../statistics/histogram.ts";
import type { PartReading } from "../parts/part.ts";
import type { Router } from "../router.ts";
import { Batch } from "./batch.ts";
import { Calendar } from "./calendar.ts";
import { Departures } from "./departures.ts";
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
  /** Place among the stages: the source is the first -- constant. */
  readonly stage: number;
  /** Calls that come in the chunk of time to be served. */
  readonly inbox = new Batch();
  readonly meter: Counter["meter"];
  /** Calls that have left [calls] -- state. */
  left = 0;
  /** The stage from which calls come -- constant. */
  private readonly before: number;
  private readonly visits: Visit[] = [];
  private readonly slots: Slots;
  private readonly watch: QueueWatch;
  private readonly departures: Departures;
  private readonly calendar = new Calendar();
  /** Calls that start in a later chunk, by when they do; and when they came, added up [ns] -- state. */
  private readonly queued = new Calendar();
  private readonly queuedSince = new ExactSum();
  /** Those that start in this chunk. */
  private readonly starting = new Batch();
  private readonly requests: Requests;
  private readonly ledger: Ledger;
  /** Whether a class goes on from here, so that the order of departures matters. */
  private leadsOn = false;
  /** What is done here, if all classes do the same. */
  private only: Visit | null = null;
  /** Where all go from here, if only one class comes. */
  private way: Leg | null = null;
  /** Of each call of the inbox: its place, its work and its start [ns]. */
  private places = new Int32Array(64);
  private works = new Float64Array(64);
  private starts = new Float64Array(64);
  /** Calls of the inbox that may have waited, by position. */
  private waiting = new Int32Array(64);
  private waitingCount = 0;
  private readonly waits = new Durations();
  /** Those that leave in this chunk, in order. */
  private readonly leaving = new Batch();
  /** Whether it has but one instance, which is chosen whatever its router would do -- constant. */
  private readonly isAlone: boolean;
  /** Slot-time so far, less what calls in a slot would have had since the start of the run [slot ns] -- state. */
  private readonly settled = new ExactSum();

  constructor(
    part: number,
    counter: Counter,
    { stage, before }: { stage: number; before: number },
    { requests, ledger }: { requests: Requests; ledger: Ledger },
  ) {
    this.part = part;
    this.stage = stage;
    this.before = before;
    this.meter = counter.meter;
    this.isAlone = counter.instances === 1;
    this.slots = new Slots(counter.instances, counter.slots);
    this.watch = new QueueWatch(counter, requests, { stage, before });
    this.departures = new Departures(requests, stage);
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

  /** After a reading: the longest queue is looked for anew if the part's instruments were reset. */
  beginPeriod(): void {
    this.watch.lengthMax = this.meter.queueLengthMax;
  }

  /** Chunks are about so long from now on [ns]. */
  follow(chunk: Duration): void {
    this.calendar.follow(chunk);
    this.queued.follow(chunk);
  }

  /** Serves a chunk of time, from `from` on and before `until`. */
  run(from: Duration, until: Duration): void {
    const { departures, calendar, inbox, watch, leadsOn } = this;
    const { calls } = departures;
    watch.open(from, until, this.queued.count);
    this.start(until);
    calendar.release(until, calls);
    for (let k = 0; k < calls.count; k++) this.settled.add(calls.times[k]!);
    if (inbox.count > 0) this.admit(until);
    const isLonger = watch.mayBeLonger();
    if (isLonger || leadsOn) departures.sort(from, until, leadsOn);
    if (isLonger) watch.replay(inbox, departures, calendar.pages);
    else watch.pass(inbox, calls, calendar.count);
    inbox.clear();
    this.left += calls.count;
    this.sendOn();
    calls.clear();
  }

  /** Those in the queue that get their slots now. */
  private start(until: Duration): void {
    const { queued, queuedSince, settled, starting, requests, before, waits, watch, meter } = this;
    queued.release(until, starting);
    const { count, times } = starting;
    if (count === 0) return;
    waits.reserve(count);
    for (let k = 0; k < count; k++) {
      const came = requests.leftAt(starting.requests[k]!, before);
      waits.values[k] = times[k]! - came;
      queuedSince.add(-came);
      settled.add(-times[k]!);
    }
    watch.cease(starting);
    meter.waitedAll(waits, count);
    starting.clear();
  }

  /**
   * Finds out when each call of the inbox starts and leaves: one thing after another for all of them,
   * because short loops over arrays take half the time of a long one.
   */
  private admit(until: Duration): void {
    const { count } = this.inbox;
    if (this.places.length < count) {
      this.places = new Int32Array(2 * count);
      this.works = new Float64Array(2 * count);
      this.starts = new Float64Array(2 * count);
      this.waiting = new Int32Array(2 * count);
    }
    this.choose();
    this.drawWork();
    this.schedule();
    this.countWaits(until);
    this.leave(until);
  }

  private choose(): void {
    const { inbox, places, visits, requests, only } = this;
    const { count } = inbox;
    if (this.isAlone) places.fill(0, 0, count);
    else if (only !== null) {
      const { router } = only;
      for (let k = 0; k < count; k++) places[k] = router.pick();
    } else {
      for (let k = 0; k < count; k++) {
        places[k] = visits[requests.requestClass(inbox.requests[k]!)]!.router.pick();
      }
    }
  }

  private drawWork(): void {
    const { inbox, works, visits, requests, only } = this;
    const { count } = inbox;
    if (only !== null) {
      const { work } = only;
      for (let k = 0; k < count; k++) works[k] = work.sample();
    } else {
      for (let k = 0; k < count; k++) {
        const { work } = visits[requests.requestClass(inbox.requests[k]!)]!;
        works[k] = work.sample();
      }
    }
  }

  /** Each starts when it comes or when the first slot of its instance is free, and leaves after its work. */
  private schedule(): void {
    const { inbox, places, works, starts, slots, waiting } = this;
    const { count, times } = inbox;
    let waitingCount = 0;
    for (let k = 0; k < count; k++) {
      const time = times[k]!;
      const instance = places[k]!;
      // The later of both, and whether it waits, without asking: a processor guesses wrong half the time.
      const ahead = slots.earliest(instance) - time;
      const start = time + (ahead + Math.abs(ahead)) / 2;
      slots.take(instance, start + works[k]!);
      starts[k] = start;
      const mayWait = +(ahead >= 0);
      places[k] = (instance << 1) | mayWait;
      waiting[waitingCount] = k;
      waitingCount = (waitingCount + mayWait) | 0;
    }
    this.waitingCount = waitingCount;
  }

  /** Of those that do not wait there is nothing to say. */
  private countWaits(until: Duration): void {
    const { inbox, starts, meter, watch, waiting, waitingCount, waits, queued, queuedSince } = this;
    const { count, times, requests } = inbox;
    watch.wait(waiting, waitingCount, times, starts);
    waits.reserve(waitingCount);
    const { values } = waits;
    let started = 0;
    for (let k = 0; k < waitingCount; k++) {
      const call = waiting[k]!;
      const start = starts[call]!;
      if (start < until) values[started++] = start - times[call]!;
      else {
        queued.add(start, requests[call]!);
        queuedSince.add(times[call]!);
      }
    }
    meter.waitedAll(waits, started);
    meter.waitedNot(count - waitingCount);
  }

  /** Notes of each what will be asked later, and puts it with those that leave now, or later. */
  private leave(until: Duration): void {
    const { inbox, places, works, starts, requests, stage, calendar, ledger, settled } = this;
    const { count } = inbox;
    const { calls } = this.departures;
    const { impatient } = requests;
    for (let k = 0; k < count; k++) {
      const request = inbox.requests[k]!;
      const start = starts[k]!;
      const end = start + works[k]!;
      requests.visit(request, stage, start, end, places[k]!);
      if (impatient && requests.isGivenUp(request, end)) ledger.giveUp(request);
      if (end < until) {
        calls.add(end, request);
        settled.add(works[k]!);
      } else {
        calendar.add(end, request);
        if (start < until) settled.add(-start);
      }
    }
  }

  /** Sends those who leave on to wherever they go, in order if there is more to come. */
  private sendOn(): void {
    const { departures, visits, requests, leadsOn, way, leaving } = this;
    if (leadsOn) departures.collect(leaving);
    const batch = leadsOn ? leaving : departures.calls;
    if (way !== null) return way.passAll(batch);
    for (let k = 0; k < batch.count; k++) {
      const request = batch.requests[k]!;
      visits[requests.requestClass(request)]!.leg.pass(batch.times[k]!, request);
    }
  }

  /** Brings the meter up to an instant, and reads what it does not know. */
  read(now: Duration): StationReading {
    const { meter, settled, queued, queuedSince } = this;
    meter.queueLength = queued.count;
    meter.queueLengthMax = this.watch.lengthMax;
    const queueTime = new ExactSum();
    queueTime.addSum(meter.waitedSum);
    queueTime.addProduct(meter.queueLength, now);
    queueTime.subtractSum(queuedSince);
    const busyTime = new ExactSum();
    busyTime.addSum(settled);
    busyTime.addProduct(this.present - queued.count, now);
    return { busyTime: busyTime.value, slotBusyTime: busyTime.value, queueTime: queueTime.value };
  }
}
