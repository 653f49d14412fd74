/**
 * What a part runs on: instances of one type, spread over zones, launched, started, drained, lost.
 *
 *     provisioning -> starting -> ready -> draining -> gone
 *                        ^          |  crash   |         ^
 *                        '- restart crashed <--'---------' replaced, or was draining
 *
 * Autoscalers, faults and cost act on fleets and know nothing else of parts; parts and routers watch
 * the fleet. A crash is told to the part that died, never to those who call it: they must detect it.
 */
import { assert } from "../kernel/assert.ts";
import { SECOND, type Duration } from "../kernel/time.ts";
import type { Agenda } from "./agenda.ts";
import { seconds } from "./fleetTerms.ts";
import type { FleetObserver, FleetOptions, FleetWorld, Steward } from "./fleetTerms.ts";
import { Instance, instanceStates, type InstanceState } from "./instance.ts";
import type { Lodging } from "./lodging.ts";
import { Placement } from "./placement.ts";
import type { Shape } from "./shape.ts";
import type { Primary } from "./primary.ts";
import type { TrafficSplit } from "./rollouts/trafficSplit.ts";
import type { Standby } from "./standby.ts";
export { seconds } from "./fleetTerms.ts";
export type { FleetObserver, FleetOptions, FleetWorld, Steward } from "./fleetTerms.ts";

export class Fleet {
  readonly options: FleetOptions;
  /** Every instance there ever was, by id. */
  readonly instances: Instance[] = [];
  /** Instance-time in each state up to the last change [instance ns], by position in the list of states. */
  readonly stateTime = new Float64Array(instanceStates.length);
  /** Instances in each state now. */
  readonly levels = new Int32Array(instanceStates.length);
  /** How many instances it is meant to have. */
  desired = 0;
  /** What those that are launched run. */
  version = 0;
  /** What those that are launched are made of; null for what the options say. */
  shape: Shape | null = null;
  /** Who decides which instances there are, while that is not only their number. */
  steward: Steward | null = null;
  /** Spares for crashed ones, who alone takes writes, how versions share calls; null for none. */
  standby: Standby | null = null;
  primary: Primary | null = null;
  split: TrafficSplit | null = null;
  /** Called after every change of an instance's state. */
  onChange: () => void = () => {};
  /** Crashed while they were draining: they will not come back [instances] -- state. */
  private leavingDead = 0;
  /** Whether another attempt to shrink is planned -- state. */
  private looksAgain = false;
  readonly placement: Placement;
  private changedAt: Duration = 0;
  /** Crashed instances that could start again if their zone worked. */
  private readonly waitingForZone = new Set<Instance>();
  private readonly observers: FleetObserver[] = [];
  private readonly world: FleetWorld;
  private readonly agenda: Agenda;
  private readonly lodging: Lodging | null;
  private opened = false;

  constructor(options: FleetOptions, world: FleetWorld) {
    this.options = options;
    this.lodging = options.lodging;
    this.placement = new Placement(options, world, this);
    this.world = world;
    this.agenda = world.agenda;
    world.zones.watch(() => this.returnOfZone());
  }

  /** The initial instances are ready when the run begins; pods without room wait for it. */
  open(): void {
    if (this.opened) return;
    this.opened = true;
    this.desired = this.options.instances;
    for (let count = 0; count < this.desired; count++) this.addInitial();
    this.options.warmPool?.open();
  }

  watch(observer: FleetObserver): void {
    this.observers.push(observer);
  }

  /** Instances in a state [instances]. */
  in(state: InstanceState): number {
    return this.levels[instanceStates.indexOf(state)]!;
  }

  /** Weight of an instance for balancers, 1 or more. */
  weightOf(id: number): number {
    const { weights } = this.options;
    return weights[id % weights.length]!;
  }

  /** Instances ready now and not withheld from balancers, in the order they were launched. */
  ready(): Instance[] {
    return this.instances.filter(({ state, withheld }) => state === "ready" && !withheld);
  }

  /** Instances that count towards the desired number: all but those that are going or gone. */
  get size(): number {
    const coming = this.in("provisioning") + this.in("starting");
    return coming + this.in("ready") + this.in("crashed") - this.leavingDead;
  }

  /** Asks for another number of instances; launches or drains the difference. */
  scaleTo(count: number, reason: string): void {
    assert(Number.isSafeInteger(count) && count >= 0, "a fleet has a whole number of instances");
    if (count === this.desired) return;
    this.decide(count, reason);
    this.meetDesired("scaling");
  }

  private decide(count: number, reason: string): void {
    const what = count > this.desired ? "scale out" : "scale in";
    const change = `${this.desired} → ${count}: ${reason}`;
    this.world.journal.note({ plane: "scaling", part: this.options.part, what, reason: change });
    this.desired = count;
  }

  /** Kills an instance. A silent one is not even there to reset its connections. */
  crash(instance: Instance, silent: boolean): void {
    if (!instance.running) return;
    const { serving } = instance;
    instance.silent = silent;
    if (instance.leaving) this.leavingDead++;
    this.move(instance, "crashed");
    if (serving) for (const observer of this.observers) observer.crashed?.(instance);
  }

  /** An instance accepts calls from now on and answers none; what it works on is as good as dead. */
  hang(instance: Instance): void {
    if (!instance.answers) return;
    instance.silent = true;
    for (const observer of this.observers) observer.crashed?.(instance);
  }

  /** The cloud takes instances back after a notice [ns]; others are launched at once. */
  reclaim(instances: readonly Instance[], notice: Duration): void {
    for (const instance of instances)
      if (instance.state === "ready") this.retire(instance, "reclaimed", notice);
    this.meetDesired("in place of reclaimed ones");
  }

  /** An instance loses a share of its slots, or, of a negative share, gets it back. */
  takeCapacity(instance: Instance, share: number): void {
    instance.lostCapacity += share;
    for (const observer of this.observers) observer.capacity?.(instance);
  }

  /** An instance forgets what it keeps. */
  flush(instance: Instance): void {
    for (const observer of this.observers) observer.flushed?.(instance);
  }

  /** Starts a crashed instance again, with nothing in memory, as soon as its zone works. */
  restart(instance: Instance): void {
    if (instance.state !== "crashed") return;
    if (instance.leaving) return this.end(instance);
    if (this.lodging?.isUp(instance) === false) return;
    if (this.world.zones.isOut(instance.zone)) return void this.waitingForZone.add(instance);
    // Whoever is told of its calls may send them here again at once: it must not swallow them twice.
    instance.silent = false;
    instance.slowness = 1;
    for (const observer of this.observers) observer.restarting?.(instance);
    this.start(instance, 0);
  }

  /** Gives up a crashed instance and launches another if one is missing. */
  replace(instance: Instance, reason: string): void {
    if (instance.state !== "crashed") return;
    this.end(instance);
    this.meetDesired(reason);
  }

  /** Another takes the place of a crashed instance for good, after so long [ns]. */
  standIn(crashed: Instance, after: Duration, reason: string): Instance {
    crashed.leaving = true;
    this.leavingDead++;
    const instance = this.add(this.placement.emptiest() ?? crashed.zone, crashed.version);
    this.note(instance, "launch", `${reason}; in zone ${instance.zone}`);
    this.start(instance, 0, after);
    return instance;
  }

  /** Work takes `factor` times as long from now on; 1 is normal. */
  slow(instance: Instance, factor: number): void {
    const ratio = factor / instance.slowness;
    instance.slowness = factor;
    for (const observer of this.observers) observer.speed?.(instance, ratio);
  }

  /** The part tells that a draining instance has nothing left to do. */
  drained(instance: Instance): void {
    if (instance.state === "draining") this.end(instance);
  }

  /** Time for which instances served, up to now [instance ns]. */
  servingTime(): number {
    this.settle();
    const of = (state: InstanceState) => this.stateTime[instanceStates.indexOf(state)]!;
    return of("ready") + of("draining");
  }

  /** The same times what each instance has of something, when they are not all alike. */
  servingTimeOf(usual: Shape, of: (shape: Shape) => number): number {
    const all = this.servingTime() * of(usual);
    if (this.shape === null) return all;
    return this.instances.reduce((sum, instance) => {
      const more = of(instance.shape ?? usual) - of(usual);
      return sum + more * instance.servedTime(this.agenda.now);
    }, all);
  }

  /** Brings `stateTime` up to now. */
  settle(): void {
    const elapsed = this.agenda.now - this.changedAt;
    this.changedAt = this.agenda.now;
    for (let state = 0; state < this.levels.length; state++)
      this.stateTime[state]! += this.levels[state]! * elapsed;
  }

  private returnOfZone(): void {
    for (const instance of [...this.waitingForZone]) {
      this.waitingForZone.delete(instance);
      this.restart(instance);
    }
    this.meetDesired("zone back");
  }

  /** Launches what is missing, and takes away what is too much. */
  meetDesired(reason: string): void {
    if (this.steward !== null) return this.steward.meet(reason);
    while (this.size < this.desired) if (!this.launch(reason)) return;
    while (this.size > this.desired) {
      const leaver = this.choiceToDrain();
      if (leaver === null) return this.lookAgain();
      this.retire(leaver, "scale in");
    }
  }

  /** Launches one more; false if there is nowhere to, or nothing to be had. */
  launch(reason: string, { version = this.version, withheld = false } = {}): boolean {
    const pool = this.options.warmPool;
    const warm = pool !== null && pool.size > 0;
    const runs = warm && pool.options.running;
    const zone = this.lodging !== null ? "" : this.placement.launchable(runs);
    if (zone === null) return false;
    if (warm) pool.take();
    const instance = this.add(zone, version);
    instance.withheld = withheld;
    const where = this.lodging !== null ? "as a pod" : `in zone ${zone}`;
    this.note(instance, "launch", `${reason}; ${where}${warm ? ", from the warm pool" : ""}`);
    if (this.lodging !== null) this.house(instance);
    else if (warm) this.start(instance, 0, this.options.warmPool!.options.startUp.sample());
    else this.start(instance, this.options.provisioning);
    return true;
  }

  private house(instance: Instance): void {
    this.lodging!.house(instance, this, (imagePull) => this.start(instance, imagePull));
  }

  /** A pod has found a node. */
  settleIn(instance: Instance, zone: string): void {
    this.placement.count(instance.zone, -1);
    this.placement.count(zone, 1);
    instance.zone = zone;
  }

  private start(instance: Instance, provisioning: Duration, startUp?: Duration): void {
    const life = ++instance.life;
    const current = () => instance.life === life && instance.running;
    this.move(instance, provisioning > 0 ? "provisioning" : "starting");
    this.agenda.after(provisioning, () => {
      if (!current()) return;
      this.move(instance, "starting");
      this.agenda.after(startUp ?? this.options.startUp.sample(), () => {
        if (!current()) return;
        const took = seconds(this.agenda.now - instance.stateSince);
        this.note(instance, "ready", `started in ${took}`);
        this.becomeReady(instance);
      });
    });
  }

  private becomeReady(instance: Instance): void {
    this.move(instance, "ready");
    for (const observer of this.observers) observer.ready?.(instance);
  }

  /** Whatever is not ready yet goes first; null if all that are left are protected. */
  private choiceToDrain(): Instance | null {
    const order: InstanceState[] = ["provisioning", "starting", "crashed"];
    for (const state of order) {
      const found = this.instances.findLast((each) => each.state === state && !each.leaving);
      if (found) return found;
    }
    const { protection, termination } = this.options;
    const free = this.ready().filter((each) => !protection.covers(each, this.agenda.now, this));
    return free.length === 0 ? null : termination.choose(free, this.agenda.now);
  }

  /** Whether an instance has calls, as far as anybody who watches knows. */
  isBusy(instance: Instance): boolean {
    return this.observers.some((observer) => observer.isBusy?.(instance));
  }

  /** Instances that are protected now may leave later. */
  private lookAgain(): void {
    if (this.looksAgain) return;
    this.looksAgain = true;
    this.agenda.after(SECOND, () => {
      this.looksAgain = false;
      this.meetDesired("scale in");
    });
  }

  /** Takes one instance away: it finishes its calls, if it has any. */
  retire(instance: Instance, reason: string, timeout = this.options.drainTimeout): void {
    if (instance.state !== "ready") return this.end(instance);
    instance.leaving = true;
    this.move(instance, "draining");
    this.note(instance, "draining", reason);
    this.agenda.after(timeout, () => {
      if (instance.state !== "gone") this.end(instance);
    });
    for (const observer of this.observers) observer.draining?.(instance);
  }

  /** Takes one away for good: it is not desired any more. */
  remove(instance: Instance, reason: string): void {
    this.decide(this.desired - 1, reason);
    this.retire(instance, "scale in");
  }

  /** Takes one away from where it is: another is launched for it. */
  evict(instance: Instance, reason: string): void {
    if (instance.leaving || instance.state === "gone") return;
    this.retire(instance, reason);
    this.meetDesired(reason);
  }

  /** Puts an instance in front of the balancers, or takes it from there. */
  rotate(instance: Instance, inRotation: boolean): void {
    if (instance.withheld === !inRotation) return;
    instance.withheld = !inRotation;
    for (const observer of this.observers) observer.rotation?.(instance, inRotation);
  }

  private end(instance: Instance): void {
    if (instance.leaving && instance.state === "crashed") this.leavingDead--;
    this.move(instance, "gone");
    instance.life++;
    instance.silent = false;
    for (const observer of this.observers) observer.gone?.(instance);
    if (this.lodging !== null) this.lodging.vacate(instance);
    else this.world.supply?.count(instance.shape ?? this.options, -1);
  }

  private addInitial(): void {
    if (this.lodging === null) {
      const instance = this.add(this.placement.emptiest() ?? this.options.zones[0]!, 0);
      return this.becomeReady(instance);
    }
    const pod = this.add("", 0);
    this.lodging.house(pod, this, (imagePull) => {
      if (this.agenda.now > 0) this.start(pod, imagePull);
      else this.becomeReady(pod);
    });
  }

  private add(zone: string, version: number): Instance {
    const id = this.instances.length;
    const name = `${this.options.part}-${id + 1}`;
    const instance = new Instance(id, name, zone, this.agenda.now, version);
    instance.shape = this.shape;
    this.settle();
    this.levels[instanceStates.indexOf(instance.state)]!++;
    this.instances.push(instance);
    this.placement.count(zone, 1);
    if (this.lodging === null) this.world.supply?.count(instance.shape ?? this.options, 1);
    return instance;
  }

  private move(instance: Instance, state: InstanceState): void {
    this.settle();
    this.levels[instanceStates.indexOf(instance.state)]!--;
    this.levels[instanceStates.indexOf(state)]!++;
    if (state === "gone" && instance.state !== "gone") this.placement.count(instance.zone, -1);
    instance.enter(state, this.agenda.now);
    this.onChange();
  }

  private note(instance: Instance, what: string, reason: string): void {
    const { part } = this.options;
    this.world.journal.note({ plane: "fleet", part, instance: instance.name, what, reason });
  }
}
