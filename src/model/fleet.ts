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
import type { Duration } from "../kernel/time.ts";
import type { Distribution } from "../statistics/distributions/distribution.ts";
import type { Agenda } from "./agenda.ts";
import { Instance, instanceStates, type InstanceState } from "./instance.ts";
import type { Journal } from "./journal.ts";
import type { Zones } from "./zones.ts";

/** What happens to instances, for those who must act on it. */
export interface FleetObserver {
  /** It can take calls from now on. */
  ready?(instance: Instance): void;
  /** It takes no new calls; those it has may finish. */
  draining?(instance: Instance): void;
  /** It died. A silent one answers nobody; any other resets its connections. */
  crashed?(instance: Instance): void;
  /** It comes back from a crash with nothing in memory. */
  restarting?(instance: Instance): void;
  /** It is no more. */
  gone?(instance: Instance): void;
  /** Work takes `ratio` times as long from now on as it did until now. */
  speed?(instance: Instance, ratio: number): void;
  /** It has more or fewer slots from now on. */
  capacity?(instance: Instance): void;
  /** It forgets what it keeps. */
  flushed?(instance: Instance): void;
}

export interface FleetOptions {
  readonly part: string;
  /** Instance type, as the price catalogue names it; null for machines that cost nothing. */
  readonly type: string | null;
  /** Cores of one instance [vCPU]. */
  readonly cores: number;
  /** Instances at the start [instances]. */
  readonly instances: number;
  readonly zones: readonly string[];
  /** Weights for balancers, dealt to instances in turn as they are launched. */
  readonly weights: readonly number[];
  /** From the request for a machine to its start [ns]. */
  readonly provisioning: Duration;
  /** From its start to its first call. */
  readonly startUp: Distribution;
  /** How long a draining instance may finish its calls before it is stopped [ns]. */
  readonly drainTimeout: Duration;
  /** How long after a crash nobody repairs the fleet launches another instance [ns]; null: never. */
  readonly replaceAfter: Duration | null;
}

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
  /** Called after every change of an instance's state. */
  onChange: () => void = () => {};
  /** Crashed while they were draining: they will not come back [instances] -- state. */
  private leavingDead = 0;
  /** Instances that are not gone, by zone -- state. */
  private readonly populations = new Map<string, number>();
  private changedAt: Duration = 0;
  /** Crashed instances that could start again if their zone worked. */
  private readonly waitingForZone = new Set<Instance>();
  private readonly observers: FleetObserver[] = [];
  private readonly agenda: Agenda;
  private readonly journal: Journal;
  private readonly zones: Zones;

  constructor(options: FleetOptions, agenda: Agenda, journal: Journal, zones: Zones) {
    this.options = options;
    this.agenda = agenda;
    this.journal = journal;
    this.zones = zones;
    zones.watch(() => this.returnOfZone());
  }

  /** The initial instances are ready when the run begins. */
  open(): void {
    this.desired = this.options.instances;
    for (let count = 0; count < this.desired; count++) this.becomeReady(this.add(this.place()));
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

  /** Instances ready now, in the order they were launched. */
  ready(): Instance[] {
    return this.instances.filter((instance) => instance.state === "ready");
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
    const what = count > this.desired ? "scale out" : "scale in";
    const change = `${this.desired} → ${count}: ${reason}`;
    this.journal.note({ plane: "scaling", part: this.options.part, what, reason: change });
    this.desired = count;
    this.meetDesired("scaling");
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
      if (instance.state === "ready") this.drain(instance, "reclaimed", notice);
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
    if (this.zones.isOut(instance.zone)) {
      this.waitingForZone.add(instance);
      return;
    }
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

  /** Brings `stateTime` up to now. */
  settle(): void {
    const elapsed = this.agenda.now - this.changedAt;
    this.changedAt = this.agenda.now;
    for (let state = 0; state < this.levels.length; state++) {
      this.stateTime[state]! += this.levels[state]! * elapsed;
    }
  }

  private returnOfZone(): void {
    for (const instance of [...this.waitingForZone]) {
      this.waitingForZone.delete(instance);
      this.restart(instance);
    }
    this.meetDesired("zone back");
  }

  private meetDesired(reason: string): void {
    while (this.size < this.desired) {
      const zone = this.place();
      if (zone === null) return;
      this.launch(zone, reason);
    }
    while (this.size > this.desired) this.drain(this.choiceToDrain());
  }

  private launch(zone: string, reason: string): void {
    const instance = this.add(zone);
    this.note(instance, "launch", `${reason}; in zone ${zone}`);
    this.start(instance, this.options.provisioning);
  }

  private start(instance: Instance, provisioning: Duration): void {
    const life = ++instance.life;
    const current = () => instance.life === life && instance.running;
    this.move(instance, provisioning > 0 ? "provisioning" : "starting");
    this.agenda.after(provisioning, () => {
      if (!current()) return;
      this.move(instance, "starting");
      this.agenda.after(this.options.startUp.sample(), () => {
        if (!current()) return;
        this.note(
          instance,
          "ready",
          `started in ${seconds(this.agenda.now - instance.stateSince)}`,
        );
        this.becomeReady(instance);
      });
    });
  }

  private becomeReady(instance: Instance): void {
    this.move(instance, "ready");
    for (const observer of this.observers) observer.ready?.(instance);
  }

  /** Whatever is not ready yet goes first, then the youngest. */
  private choiceToDrain(): Instance {
    const order: InstanceState[] = ["provisioning", "starting", "crashed", "ready"];
    for (const state of order) {
      const found = this.instances.findLast((each) => each.state === state && !each.leaving);
      if (found) return found;
    }
    throw new Error("nothing left to drain");
  }

  private drain(
    instance: Instance,
    reason = "scale in",
    timeout = this.options.drainTimeout,
  ): void {
    if (instance.state !== "ready") return this.end(instance);
    instance.leaving = true;
    this.move(instance, "draining");
    this.note(instance, "draining", reason);
    this.agenda.after(timeout, () => {
      if (instance.state !== "gone") this.end(instance);
    });
    for (const observer of this.observers) observer.draining?.(instance);
  }

  private end(instance: Instance): void {
    if (instance.leaving && instance.state === "crashed") this.leavingDead--;
    this.move(instance, "gone");
    instance.life++;
    instance.silent = false;
    for (const observer of this.observers) observer.gone?.(instance);
  }

  private add(zone: string | null): Instance {
    const place = zone ?? this.options.zones[0]!;
    const id = this.instances.length;
    const instance = new Instance(id, `${this.options.part}-${id + 1}`, place, this.agenda.now);
    this.settle();
    this.levels[instanceStates.indexOf(instance.state)]!++;
    this.instances.push(instance);
    this.populations.set(place, (this.populations.get(place) ?? 0) + 1);
    return instance;
  }

  /** The zone with the fewest instances among those that work, the first listed if several tie. */
  private place(): string | null {
    const open = this.options.zones.filter((zone) => !this.zones.isOut(zone));
    const populations = open.map((zone) => this.populations.get(zone) ?? 0);
    return open[populations.indexOf(Math.min(...populations))] ?? null;
  }

  private move(instance: Instance, state: InstanceState): void {
    this.settle();
    this.levels[instanceStates.indexOf(instance.state)]!--;
    this.levels[instanceStates.indexOf(state)]!++;
    if (state === "gone" && instance.state !== "gone") {
      this.populations.set(instance.zone, this.populations.get(instance.zone)! - 1);
    }
    instance.enter(state, this.agenda.now);
    this.onChange();
  }

  private note(instance: Instance, what: string, reason: string): void {
    const { part } = this.options;
    this.journal.note({ plane: "fleet", part, instance: instance.name, what, reason });
  }
}

/** A time in words for a reason: "75.2 s". */
export function seconds(duration: Duration): string {
  return `${Math.floor(duration / 1e8 + 0.5) / 10} s`;
}
