/**
 * Instances that serve calls step by step: G/G/c behind a bounded queue on every instance.
 *
 *                 .- station: queue -> slots -.
 *     call -> router                            answer
 *                 '- station: queue -> slots -'
 *
 * The work of a first step is drawn on arrival at the instance, so that a call brings its work with
 * it wherever in the queue it stands; later steps draw when they are reached.
 */
import { assert } from "../kernel/assert.ts";
import { NO_EVENT, type EventKind } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { ABANDONED, BURIED, DEAD, IN_SLOT, NONE, ON_CORE, ROUTED, UNDERWAY } from "./calls.ts";
import type { Calls } from "./calls.ts";
import { Chain } from "./disciplines/chain.ts";
import type { Queue } from "./disciplines/discipline.ts";
import type { Callee, Caller, Exchange, Target } from "./exchange.ts";
import type { Fleet, FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import { CANCELLED, DROPPED, ERROR, LOST, OK, REFUSED, type Outcome } from "./outcomes.ts";
import type { Router } from "./router.ts";
import { ServiceMeter } from "./serviceMeter.ts";
import { Station } from "./station.ts";
import type { Step, Worker } from "./steps/step.ts";
import type { World } from "./world.ts";

export interface ServiceOptions {
  readonly fleet: Fleet;
  readonly router: Router;
  /** Calls one instance works on at once [calls]. */
  readonly slots: number;
  /** Calls that may wait at one instance [calls]; Infinity for no limit. */
  readonly queueLimit: number;
  /** A fresh queue of the discipline. */
  readonly queue: () => Queue;
  /** Whether a call keeps its slot while it waits for calls it has made. */
  readonly holdsSlotWhileCalling: boolean;
  /** Whether steps declare cpu, so that utilisation means cores and not slots. */
  readonly computes: boolean;
}

export class Service implements Callee, Caller, FleetObserver, Worker {
  /** The part's number, by which calls name it -- constant. */
  readonly number: number;
  readonly meter: ServiceMeter;
  readonly stations: Station[] = [];
  private readonly options: ServiceOptions;
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly world: World;
  private readonly caller: number;
  private readonly workDone: EventKind;
  private readonly computeDone: EventKind;
  /** The steps of each operation, by operation number. */
  private programs: readonly (readonly Step[])[] = [];

  constructor(world: World, options: ServiceOptions) {
    this.world = world;
    this.calls = world.calls;
    this.exchange = world.exchange;
    this.options = options;
    this.number = world.exchange.addCallee(this);
    this.meter = new ServiceMeter(world.kernel, world.calls);
    this.caller = world.exchange.addCaller(this);
    this.workDone = world.kernel.on((call) => this.worked(call));
    this.computeDone = world.kernel.on((call) => this.computed(call));
    options.fleet.watch(this);
  }

  /** Gives the service its operations; after this it can serve. */
  learn(programs: readonly (readonly Step[])[]): void {
    this.programs = programs;
  }

  arrive(call: number): void {
    const { calls } = this;
    this.place(call);
    if (calls.instance(call) === NONE) return this.exchange.answer(call, REFUSED);
    const station = this.stations[calls.instance(call)]!;
    if (!station.instance.serving) return this.meetTheDead(call, station);
    station.present++;
    const steps = this.programs[calls.operation(call)]!;
    if (steps.length > 0) steps[0]!.reach(call);
    this.seek(call, station, this.options.queueLimit);
  }

  place(call: number): void {
    if (this.calls.instance(call) !== NONE) return;
    const chosen = this.options.router.choose(call);
    if (chosen === NONE) return;
    this.calls.setInstance(call, chosen);
    this.calls.raise(call, ROUTED);
  }

  displace(call: number): void {
    this.returnToRouter(call, CANCELLED);
  }

  /** Takes a slot at once, or waits for one, or finds the queue full. */
  private seek(call: number, station: Station, queueLimit: number): void {
    this.calls.setArrivedAt(call, this.world.kernel.now);
    if (station.busy < station.slots && station.queue.length === 0) this.start(call, station);
    else if (station.queue.length < queueLimit) {
      station.queue.push(call);
      this.meter.queued();
    } else this.leave(call, station, DROPPED);
  }

  private start(call: number, station: Station): void {
    const { now } = this.world.kernel;
    station.occupy();
    this.calls.raise(call, IN_SLOT);
    this.calls.addSlotTime(call, -now);
    if (this.calls.step(call) === 0) this.calls.setStartedAt(call, now);
    this.meter.waited(call);
    const steps = this.programs[this.calls.operation(call)]!;
    const step = this.calls.step(call);
    if (step < steps.length) steps[step]!.begin(call);
    else this.finish(call, OK);
  }

  draw(call: number, work: Duration): void {
    this.calls.setWork(call, work);
  }

  work(call: number): void {
    this.begin(call, this.stationOf(call), this.workDone);
  }

  private worked(call: number): void {
    this.calls.setEvent(call, NO_EVENT);
    this.proceed(call);
  }

  compute(call: number): void {
    const station = this.stationOf(call);
    if (station.freeCores === 0) return station.coreQueue.push(call);
    station.takeCore();
    this.calls.raise(call, ON_CORE);
    this.begin(call, station, this.computeDone);
  }

  private computed(call: number): void {
    const station = this.stationOf(call);
    this.calls.setEvent(call, NO_EVENT);
    station.giveCore();
    this.calls.lower(call, ON_CORE);
    const next = station.coreQueue.shift();
    if (next !== NONE) this.compute(next);
    this.proceed(call);
  }

  /** Work drawn becomes work in progress: from here on the record holds when it ends. */
  private begin(call: number, station: Station, done: EventKind): void {
    const length = this.calls.work(call) * station.instance.slowness;
    this.calls.setWork(call, this.world.kernel.now + length);
    this.calls.setEvent(call, done.after(length, call));
  }

  callAll(call: number, targets: readonly Target[]): void {
    this.calls.setOutstanding(call, targets.length);
    this.calls.setPending(call, OK);
    if (!this.options.holdsSlotWhileCalling) this.release(call, this.stationOf(call));
    for (const { part, operation, policy } of targets) {
      this.exchange.send(this.exchange.openFor(call, this.caller, part, operation, policy));
    }
  }

  resolved(child: number, outcome: Outcome): void {
    const { calls } = this;
    const call = calls.parent(child);
    const dead = calls.has(call, DEAD);
    const outstanding = this.countBack(call);
    if (dead) return;
    if (outcome !== OK && !this.exchange.isOptional(child)) calls.setPending(call, outcome);
    if (outstanding > 0) return;
    if (calls.pending(call) === OK) this.proceed(call);
    else this.finish(call, ERROR);
  }

  resume(child: number): boolean {
    const call = this.calls.parent(child);
    if (!this.calls.has(call, DEAD)) return true;
    this.countBack(call);
    return false;
  }

  /** One of the calls a call has made is over; the last one frees a record that nobody else needs. */
  private countBack(call: number): number {
    const { calls } = this;
    const outstanding = calls.outstanding(call) - 1;
    calls.setOutstanding(call, outstanding);
    if (outstanding === 0 && calls.has(call, BURIED)) calls.close(call);
    return outstanding;
  }

  private proceed(call: number): void {
    const steps = this.programs[this.calls.operation(call)]!;
    const step = this.calls.step(call) + 1;
    this.calls.setStep(call, step);
    if (step >= steps.length) return this.finish(call, OK);
    steps[step]!.reach(call);
    if (this.calls.has(call, IN_SLOT)) steps[step]!.begin(call);
    else this.seek(call, this.stationOf(call), Infinity);
  }

  private finish(call: number, outcome: Outcome): void {
    const station = this.stationOf(call);
    this.meter.served(call);
    if (this.calls.has(call, IN_SLOT)) this.release(call, station);
    if (this.calls.has(call, ABANDONED)) this.meter.wasted += this.calls.slotTime(call);
    this.leave(call, station, outcome);
  }

  private release(call: number, station: Station): void {
    const { now } = this.world.kernel;
    this.calls.lower(call, IN_SLOT);
    this.calls.addSlotTime(call, now);
    station.vacate();
    if (station.handingOut) return;
    station.handingOut = true;
    while (station.busy < station.slots) {
      const next = station.queue.shift();
      if (next === NONE) break;
      this.meter.dequeued();
      this.start(next, station);
    }
    station.handingOut = false;
    if (station.queue.expelled !== null) this.expel(station, station.queue.expelled);
  }

  /** Tells the calls that their discipline has thrown out of the queue. */
  private expel(station: Station, expelled: Queue): void {
    for (let call = expelled.shift(); call !== NONE; call = expelled.shift()) {
      this.meter.dequeued();
      this.leave(call, station, DROPPED);
    }
  }

  private leave(call: number, station: Station, outcome: Outcome): void {
    station.present--;
    this.returnToRouter(call, outcome);
    this.exchange.answer(call, outcome);
    if (station.present === 0) this.options.fleet.drained(station.instance);
  }

  /** What utilisation is a share of. */
  get resource(): "slots" | "cores" {
    return this.options.computes ? "cores" : "slots";
  }

  /** How much of it one instance has [slots] or [cores]. */
  get resources(): number {
    return this.options.computes ? this.options.fleet.options.cores : this.options.slots;
  }

  /** Of that, what one instance has used up to now [slot ns] or [core ns]. */
  usage(station: Station): number {
    return this.options.computes ? station.coreTime() : station.busyTime();
  }

  /** The same of all instances together. */
  usageOfAll(): number {
    return this.stations.reduce((sum, station) => sum + (station ? this.usage(station) : 0), 0);
  }

  /** Slot-time in use by all instances up to now [slot ns]. */
  busyTime(): number {
    return this.stations.reduce((sum, station) => sum + (station?.busyTime() ?? 0), 0);
  }

  ready(instance: Instance): void {
    this.stations[instance.id] ??= this.buildStation(instance);
  }

  private buildStation(instance: Instance): Station {
    const { slots, queue, fleet } = this.options;
    const queues = { slots: queue(), cores: new Chain(this.calls) };
    return new Station(instance, slots, fleet.options.cores, queues, this.world.kernel);
  }

  draining(instance: Instance): void {
    if (this.stations[instance.id]!.present === 0) this.options.fleet.drained(instance);
  }

  crashed(instance: Instance): void {
    const station = this.stations[instance.id]!;
    const dead = this.kill(station);
    if (instance.silent) station.swallowed.push(...dead);
    else for (const call of dead) this.bury(call, station);
  }

  restarting(instance: Instance): void {
    this.releaseSwallowed(instance);
  }

  gone(instance: Instance): void {
    const station = this.stations[instance.id];
    if (!station) return;
    for (const call of this.kill(station)) this.bury(call, station);
    this.releaseSwallowed(instance);
  }

  /** Work in progress goes on at the new speed. */
  speed(instance: Instance, ratio: number): void {
    const { kernel } = this.world;
    for (const call of this.callsAt(instance.id)) {
      const handle = this.calls.event(call);
      if (handle === NO_EVENT) continue;
      kernel.cancel(handle);
      const rest = (this.calls.work(call) - kernel.now) * ratio;
      const done = this.calls.has(call, ON_CORE) ? this.computeDone : this.workDone;
      this.calls.setWork(call, kernel.now + rest);
      this.calls.setEvent(call, done.after(rest, call));
    }
  }

  /** Stops everything at a station; its calls are dead but not resolved. */
  private kill(station: Station): number[] {
    while (station.queue.shift() !== NONE) this.meter.dequeued();
    while (station.coreQueue.shift() !== NONE);
    station.clear();
    const dead = this.callsAt(station.instance.id);
    for (const call of dead) {
      const handle = this.calls.event(call);
      if (handle !== NO_EVENT) this.world.kernel.cancel(handle);
      this.calls.setEvent(call, NO_EVENT);
      this.calls.raise(call, DEAD);
    }
    return dead;
  }

  /** Resolves a dead call; its record lives on until the calls it made are back. */
  private bury(call: number, station: Station): void {
    station.present--;
    this.returnToRouter(call, LOST);
    if (this.calls.outstanding(call) === 0) return this.exchange.answer(call, LOST);
    this.calls.raise(call, BURIED);
    this.exchange.forsake(call, LOST);
  }

  private releaseSwallowed(instance: Instance): void {
    const station = this.stations[instance.id];
    if (!station) return;
    for (const call of station.swallowed.splice(0)) this.bury(call, station);
  }

  /** A call came to an instance that does not serve: refused, or swallowed without a word. */
  private meetTheDead(call: number, station: Station): void {
    if (!station.instance.silent) {
      this.returnToRouter(call, REFUSED);
      return this.exchange.answer(call, REFUSED);
    }
    station.present++;
    this.calls.raise(call, DEAD);
    station.swallowed.push(call);
  }

  private returnToRouter(call: number, outcome: Outcome): void {
    if (!this.calls.has(call, ROUTED)) return;
    this.options.router.answered(this.calls.instance(call), call, outcome);
  }

  private stationOf(call: number): Station {
    const station = this.stations[this.calls.instance(call)];
    assert(station, "a call is served at a station");
    return station;
  }

  /** The calls that are alive at an instance, in the order they were sent: records have no meaning. */
  private callsAt(instance: number): number[] {
    const { calls } = this;
    return [...calls.each()]
      .filter(
        (call) =>
          calls.part(call) === this.number &&
          calls.instance(call) === instance &&
          !calls.has(call, DEAD | UNDERWAY),
      )
      .sort((one, other) => calls.sentAt(one) - calls.sentAt(other) || calls.order(one, other));
  }
}
