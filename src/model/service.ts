/**
 * Instances that serve calls step by step: G/G/c behind a bounded queue on every instance.
 *
 *                 .- station: queue -> slots -.
 *     call -> router                            answer
 *                 '- station: queue -> slots -'
 *
 * The work of a first step is drawn on arrival at the instance, so that a call brings its work with
 * it wherever in the queue it stands; later steps draw when they are reached. What becomes of calls
 * when their instance dies is in losses.ts.
 */
import { assert } from "../kernel/assert.ts";
import type { ExactSum } from "../kernel/exactSum.ts";
import { NO_EVENT, type EventKind } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { AgeLimit } from "./ageLimit.ts";
import { ABANDONED, BURIED, DEAD, IN_SLOT, NONE, ROUTED, STARTED, type Calls } from "./calls.ts";
import type { Queue } from "./disciplines/discipline.ts";
import type { Callee, Caller, Exchange, Target } from "./exchange.ts";
import type { FcfsServers } from "./fcfsServers.ts";
import type { FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import { Interruptions } from "./interruptions.ts";
import { Losses } from "./losses.ts";
import { Holdings } from "./holdings.ts";
import { CANCELLED, DROPPED, ERROR, OK, type Outcome } from "./outcomes.ts";
import { Races, type RaceOwner } from "./races.ts";
import { ServiceMeter } from "./serviceMeter.ts";
import type { ServiceOptions } from "./serviceOptions.ts";
import type { SharedServers } from "./sharedServers.ts";
import type { Shape } from "./shape.ts";
import { Station, type StationEvents } from "./station.ts";
import type { Step, Worker } from "./steps/step.ts";
import { stretch } from "./workInProgress.ts";
import { Withdrawals } from "./withdrawals.ts";
import type { World } from "./world.ts";

export class Service implements Callee, Caller, FleetObserver, Worker, RaceOwner {
  /** The part's number, by which calls name it -- constant. */
  readonly number: number;
  readonly meter: ServiceMeter;
  readonly stations: Station[] = [];
  private readonly options: ServiceOptions;
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly world: World;
  private readonly caller: number;
  readonly losses: Losses;
  readonly withdrawals: Withdrawals;
  readonly interruptions: Interruptions;
  private readonly races: Races;
  private readonly holdings = new Holdings();
  private readonly events: StationEvents;
  private readonly workDone: EventKind;
  private readonly waitOver: EventKind;
  readonly ageLimit: AgeLimit | null;
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
    const { router, ageLimit } = options;
    const { meter, holdings } = this;
    this.withdrawals = new Withdrawals(world, this);
    this.losses = new Losses(world, this.number, { router, meter, holdings });
    this.interruptions = new Interruptions(world, this);
    this.races = new Races(world.calls, world.exchange, this);
    this.workDone = world.kernel.on((call) => this.worked(call));
    this.waitOver = world.kernel.on((call) => this.worked(call));
    this.ageLimit =
      ageLimit === Infinity
        ? null
        : new AgeLimit(world, ageLimit, (call) => this.withdrawals.leaveQueue(call, DROPPED));
    this.events = {
      worked: world.kernel.on((call) => this.workedOff(call)),
      served: world.kernel.on((call, resource) => this.used(call, resource)),
      shared: world.kernel.on((station, resource) => this.usedNext(station, resource)),
    };
    options.fleet.watch(this);
  }

  /** Gives the service its operations; after this it can serve. */
  learn(programs: readonly (readonly Step[])[]): void {
    this.programs = programs;
  }

  /** Work is to be interrupted, for which it must be known; before the first instance is ready. */
  makeInterruptible(): void {
    this.options.station.interruptible = true;
  }

  arrive(call: number): void {
    const { calls } = this;
    this.assign(call);
    if (calls.instance(call) === NONE) return this.losses.nobody(call);
    const station = this.stations[calls.instance(call)]!;
    if (!station.instance.answers) return this.losses.meet(call, station);
    station.present++;
    station.arrived++;
    this.jump(call, 0);
    this.seek(call, station, this.options.queueLimit);
  }

  assign(call: number): void {
    if (this.calls.instance(call) !== NONE) return;
    const chosen = this.options.router.choose(call);
    if (chosen === NONE) return;
    this.calls.setInstance(call, chosen);
    this.calls.raise(call, ROUTED);
  }

  unassign(call: number, outcome: Outcome = CANCELLED): void {
    this.losses.returnToRouter(call, outcome);
  }

  /** Takes a slot at once, or waits for one, or finds the queue full. */
  private seek(call: number, station: Station, queueLimit: number): void {
    this.calls.setArrivedAt(call, this.world.kernel.now);
    if (station.busy < station.slots && station.queue.length === 0) this.start(call, station);
    else if (station.queue.interrupts !== null && this.interruptions.forUrgent(call, station))
      return;
    else if (station.queue.length < queueLimit) {
      station.queue.push(call);
      this.meter.queued();
      if (this.ageLimit !== null) this.ageLimit.queued(call);
    } else this.leave(call, station, DROPPED);
  }

  start(call: number, station: Station): void {
    const { now } = this.world.kernel;
    if (this.ageLimit !== null) this.ageLimit.dequeued(call);
    station.occupy();
    this.calls.addSlotTime(call, -now);
    if (!this.calls.has(call, STARTED)) this.calls.setStartedAt(call, now);
    this.calls.raise(call, IN_SLOT | STARTED);
    this.meter.waited(call);
    this.begin(call);
  }

  /** Begins the step a call is at. */
  private begin(call: number): void {
    const steps = this.programs[this.calls.operation(call)]!;
    const step = this.calls.step(call);
    if (step < steps.length) steps[step]!.begin(call);
    else this.finish(call, OK);
  }

  draw(call: number, work: Duration): void {
    this.calls.setWork(call, work);
  }

  work(call: number): void {
    const { atWork, instance } = this.stationOf(call);
    if (atWork !== null) return atWork.begin(call);
    const length = this.calls.work(call) * instance.slowness;
    this.calls.setWork(call, this.world.kernel.now + length);
    this.calls.setEvent(call, this.world.kernel.handle(this.workDone.start(length, call)));
  }

  private worked(call: number): void {
    this.calls.setEvent(call, NO_EVENT);
    this.proceed(call);
  }

  private workedOff(call: number): void {
    this.stationOf(call).atWork!.end(call);
    this.proceed(call);
  }

  use(call: number, resource: number): void {
    this.stationOf(call).resources[resource]!.take(call);
  }

  private used(call: number, resource: number): void {
    (this.stationOf(call).resources[resource] as FcfsServers).done(call);
    this.proceed(call);
  }

  private usedNext(station: number, resource: number): void {
    this.proceed((this.stations[station]!.resources[resource] as SharedServers).next());
  }

  wait(call: number): void {
    const time = this.calls.work(call);
    if (!this.options.holdsSlotWhileCalling) this.release(call, this.stationOf(call));
    this.calls.setEvent(call, this.world.kernel.handle(this.waitOver.start(time, call)));
  }

  repeat(call: number, position: number): void {
    this.calls.setStep(call, position - 1);
    this.calls.setEvent(call, this.waitOver.after(0, call));
  }

  jump(call: number, position: number): void {
    this.calls.setStep(call, position);
    this.calls.setWork(call, 0); // Steps that work draw their own.
    const steps = this.programs[this.calls.operation(call)]!;
    if (position < steps.length) steps[position]!.reach(call);
  }

  hold(call: number, amount: number): void {
    const memory = this.options.memory!;
    const station = this.stationOf(call);
    if (station.held + amount <= memory.size) {
      station.held += amount;
      this.holdings.add(call, amount);
      this.proceed(call);
    } else if (memory.exceeded === null) this.finish(call, ERROR);
    else memory.exceeded(station.instance, amount);
  }

  callAll(call: number, targets: readonly Target[]): void {
    this.awaitAnswers(call, targets.length);
    for (const { part, operation, policy } of targets) {
      this.exchange.send(this.exchange.openFor(call, this.caller, part, operation, policy));
    }
  }

  callSome(call: number, targets: readonly Target[], needed: number): void {
    this.awaitAnswers(call, 1);
    this.races.start(call, targets, needed);
  }

  private awaitAnswers(call: number, count: number): void {
    this.calls.setOutstanding(call, count);
    this.calls.setPending(call, OK);
    if (!this.options.holdsSlotWhileCalling) this.release(call, this.stationOf(call));
  }

  resolved(child: number, outcome: Outcome): void {
    const harmless = outcome === OK || this.exchange.isOptional(child);
    this.answered(this.calls.parent(child), harmless ? OK : outcome);
  }

  answered(call: number, outcome: Outcome): void {
    const { calls } = this;
    const dead = calls.has(call, DEAD);
    const outstanding = this.countBack(call);
    if (dead) return;
    if (outcome !== OK) calls.setPending(call, outcome);
    if (outstanding > 0) return;
    if (calls.pending(call) === OK) this.proceed(call);
    else this.finish(call, ERROR);
  }

  mayHedge(child: number): boolean {
    return !this.calls.has(this.calls.parent(child), DEAD);
  }

  resume(child: number): boolean {
    if (this.mayHedge(child)) return true;
    this.countBack(this.calls.parent(child));
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

  proceed(call: number): void {
    if (this.calls.isUnwanted(call)) return this.withdrawals.stop(call);
    this.jump(call, this.calls.step(call) + 1);
    const { length } = this.programs[this.calls.operation(call)]!;
    if (this.calls.has(call, IN_SLOT)) this.begin(call);
    else if (this.calls.step(call) >= length) this.finish(call, OK);
    else this.seek(call, this.stationOf(call), Infinity);
  }

  private finish(call: number, outcome: Outcome): void {
    const station = this.stationOf(call);
    this.meter.served(call);
    if (this.calls.has(call, IN_SLOT)) this.release(call, station);
    if (this.calls.has(call, ABANDONED)) this.meter.wasted.add(this.calls.slotTime(call));
    this.leave(call, station, outcome);
  }

  release(call: number, station: Station): void {
    this.vacate(call, station);
    this.handOut(station);
  }

  /** Gives free slots to calls that wait. */
  handOut(station: Station): void {
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

  vacate(call: number, station: Station): void {
    this.calls.lower(call, IN_SLOT);
    this.calls.addSlotTime(call, this.world.kernel.now);
    station.vacate();
  }

  /** Tells the calls that their discipline has thrown out of the queue. */
  private expel(station: Station, expelled: Queue): void {
    for (let call = expelled.shift(); call !== NONE; call = expelled.shift()) {
      this.meter.dequeued();
      if (this.ageLimit !== null) this.ageLimit.dequeued(call);
      this.leave(call, station, DROPPED);
    }
  }

  leave(call: number, station: Station, outcome: Outcome): void {
    station.present--;
    if (this.options.memory !== null) station.held -= this.holdings.take(call);
    this.losses.end(call, outcome);
    if (station.present === 0) this.options.fleet.drained(station.instance);
  }

  /** What utilisation is a share of. */
  get resource(): "slots" | "cores" {
    return this.options.computes ? "cores" : "slots";
  }

  /** What an instance is made of, unless its fleet is given others. */
  get shape(): Shape {
    const { type, cores } = this.options.fleet.options;
    return { type, cores, slots: this.options.station.slots };
  }

  /** How much one instance has of what utilisation is a share of [slots] or [cores]. */
  resourcesOf({ cores, slots }: Shape): number {
    return this.options.computes ? cores : slots;
  }

  /** Adds what one instance has used of that up to now [slot ns] or [core ns]. */
  addUsage(station: Station, total: ExactSum): void {
    if (this.options.computes) station.addUsedTime("cpu", total);
    else station.addBusyTime(total);
  }

  ready(instance: Instance): void {
    const { station: plan } = this.options;
    this.stations[instance.id] ??= new Station(instance, plan, this.events, this.world);
    this.stations[instance.id]!.pace(instance.slowness);
  }

  draining(instance: Instance): void {
    if (this.stations[instance.id]!.present === 0) this.options.fleet.drained(instance);
  }

  crashed(instance: Instance): void {
    this.losses.crashed(this.stations[instance.id]!);
  }

  restarting(instance: Instance): void {
    const station = this.stations[instance.id];
    if (station) this.losses.heardOf(station);
  }

  gone(instance: Instance): void {
    if (this.stations[instance.id]) this.losses.gone(this.stations[instance.id]!);
  }

  /** Work in progress goes on at the new speed. */
  speed(instance: Instance, ratio: number): void {
    const station = this.stations[instance.id];
    station?.pace(instance.slowness);
    if (station?.atWork !== null) return;
    // Where nobody keeps a list of plain work, it is looked for.
    const atWork = this.losses.callsAt(instance.id).filter((call) => this.isAtWork(call));
    stretch(atWork, ratio, this.workDone, this.world);
  }

  private isAtWork(call: number): boolean {
    const step = this.programs[this.calls.operation(call)]![this.calls.step(call)];
    return this.calls.has(call, IN_SLOT) && step !== undefined && step.slows === true;
  }

  stationOf(call: number): Station {
    const station = this.stations[this.calls.instance(call)];
    assert(station, "a call is served at a station");
    return station;
  }
}
