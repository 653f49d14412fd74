/**
 * Chooses an instance of a fleet for each call: a balancing algorithm over the instances that are
 * registered and that its checks believe in.
 *
 *     registered - marked down by probes - ejected for failed calls = backends;
 *     those in backup zones only when no other is left;
 *     all that are registered, if fewer than the panic threshold are left
 *
 * It sees its own calls at once and everything else only through its checks: a crashed instance
 * stays a backend until enough probes, or calls, have failed.
 */
import type { Duration } from "../kernel/time.ts";
import type { Balancer, Backends } from "./balancers/balancer.ts";
import { CallInHand } from "./callInHand.ts";
import { NONE, type Calls } from "./calls.ts";
import type { Detector } from "./detectors/detector.ts";
import type { Ejector, EjectorContext } from "./ejectors/ejector.ts";
import type { Fleet, FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import { OK, type Outcome } from "./outcomes.ts";
import type { Primary } from "./primary.ts";
import { SlowStart } from "./slowStart.ts";
import type { World } from "./world.ts";

/** There are backends, and all of them have as many calls as they may. */
export const FULL = -2;

/** After so many choices that are of no use for a call, the next backend that is takes it. */
const MOST_REDRAWS = 20;

const NOBODY: readonly number[] = [];

export interface RouterOptions {
  readonly owner: string;
  readonly fleet: Fleet;
  readonly balancer: Balancer;
  readonly detector: Detector;
  /** Makes what watches calls; null for nothing. */
  readonly ejector: ((context: EjectorContext) => Ejector | null) | null;
  /** Calls one backend may have out at once [calls]; Infinity for no limit. */
  readonly maxCalls: number;
  /** How long a backend that has come up is spared [ns]; 0 for not at all. */
  readonly slowStart: Duration;
  /** Zones whose instances take calls only when nobody else is left. */
  readonly backupZones: readonly string[];
  /** Share of registered instances below which health is ignored, 0 to 1. */
  readonly panicBelow: number;
}

export class Router implements Backends, FleetObserver {
  /** Backends to choose from [instances]. */
  size = 0;
  /** Called when there is room where there was none. */
  onRoom: () => void = () => {};
  /** Backends with fewer calls than they may have [instances]. */
  private free = 0;
  /** Instance ids by position. */
  private readonly ids: number[] = [];
  /** Position by instance id; NONE for an instance that is not a backend now. */
  private readonly positions: number[] = [];
  /** Calls out by instance id [calls]. */
  private readonly load: number[] = [];
  private readonly registered = new Set<Instance>();
  private readonly down = new Set<Instance>();
  private readonly ejected = new Set<Instance>();
  private readonly options: RouterOptions;
  private readonly balancer: Balancer;
  private readonly ejector: Ejector | null;
  private readonly slowStart: SlowStart | null;
  private readonly calls: Calls;
  private readonly world: World;
  private readonly inHand: CallInHand;
  /** From where the next backend is looked for when drawing is of no use [position]. */
  private turn = 0;
  private opened = false;
  /** Whether the positions are those of the backends there are now. */
  private current = false;

  constructor(options: RouterOptions, world: World) {
    this.options = options;
    this.world = world;
    this.calls = world.calls;
    this.balancer = options.balancer;
    this.inHand = new CallInHand(world);
    this.ejector = options.ejector && options.ejector(this.ejection());
    this.slowStart =
      options.slowStart === 0
        ? null
        : new SlowStart(options.slowStart, world.agenda, () => this.rebuild());
  }

  /** Begins to watch the fleet. A router that nobody asks checks nobody's health. */
  open(): void {
    this.options.fleet.watch(this);
    // One that died unnoticed is still registered: the checks have to find out.
    const registered = ["ready", "crashed"];
    for (const instance of this.options.fleet.instances) {
      if (!registered.includes(instance.state) || instance.withheld) continue;
      const rest = this.untilKnown(instance);
      if (rest > 0) this.enterLater(instance, rest);
      else this.register(instance);
    }
    this.rebuild();
    this.opened = true;
  }

  /** Whether it believes in any backend. */
  get hasBackends(): boolean {
    if (!this.current) this.refresh();
    return this.size > 0;
  }

  /** Takes a backend without counting a call, which is enough for a balancer that looks at none. */
  pick(): number {
    if (!this.current) this.refresh();
    return this.ids[this.balancer.choose(this, this.inHand)]!;
  }

  /**
   * Takes a backend for a call and counts it as in flight there, passing over those that have failed
   * it; NONE when there is none, FULL when there is no room.
   */
  choose(call: number, tried: readonly number[] = NOBODY): number {
    if (!this.current) this.refresh();
    if (this.size === 0) return NONE;
    const { primary } = this.options.fleet;
    if (primary !== null && primary.claims(call)) return this.toPrimary(primary, tried);
    if (this.free === 0) return FULL;
    if (primary !== null && tried.length === 0) return this.toReplica(primary, call);
    return this.chooseFor(call, tried);
  }

  private chooseFor(call: number, tried: readonly number[]): number {
    this.inHand.call = call;
    this.inHand.redraws = 0;
    const { split } = this.options.fleet;
    const avoided = split === null ? tried : split.avoided(tried);
    const id = this.draw();
    if (this.suits(id, avoided)) return this.chosen(id);
    return this.drawAgain(id, avoided);
  }

  /** NONE while there is no primary, or its checks do not believe in it, or it has failed the call. */
  private toPrimary({ instance }: Primary, tried: readonly number[]): number {
    const position = instance === null ? NONE : (this.positions[instance.id] ?? NONE);
    if (position === NONE || tried.includes(this.ids[position]!)) return NONE;
    if (this.load[this.ids[position]!]! >= this.options.maxCalls) return FULL;
    this.take(position);
    return this.chosen(this.ids[position]!);
  }

  /** A read goes to the primary only where it may, or where there is nobody else. */
  private toReplica({ spared }: Primary, call: number): number {
    if (spared === null || this.size === 1) return this.chooseFor(call, NOBODY);
    return this.chooseFor(call, [spared.id]);
  }

  private draw(): number {
    const position = this.balancer.choose(this, this.inHand);
    this.take(position);
    return this.ids[position]!;
  }

  private take(position: number): void {
    const id = this.ids[position]!;
    if (++this.load[id]! === this.options.maxCalls) this.free--;
    this.balancer.sent?.(position);
  }

  /** Whether a backend that has just been drawn may have the call. */
  private suits(id: number, tried: readonly number[]): boolean {
    return this.load[id]! <= this.options.maxCalls && !(tried.length > 0 && tried.includes(id));
  }

  /** Choices of no use are held until one is, so that algorithms that go by load move on. */
  private drawAgain(first: number, tried: readonly number[]): number {
    const held = [first];
    let found = NONE;
    while (found === NONE && held.length < MOST_REDRAWS) {
      this.inHand.redraws++;
      const id = this.draw();
      if (this.suits(id, tried)) found = id;
      else held.push(id);
    }
    for (const each of held) this.withdraw(each);
    return found === NONE ? this.next(tried) : this.chosen(found);
  }

  /** The next backend in turn that may have the call. */
  private next(tried: readonly number[]): number {
    let isFull = false;
    for (let step = 0; step < this.size; step++) {
      const position = (this.turn + step) % this.size;
      const id = this.ids[position]!;
      if (tried.includes(id)) continue;
      isFull = this.load[id]! >= this.options.maxCalls;
      if (isFull) continue;
      this.turn = position + 1;
      this.take(position);
      return this.chosen(id);
    }
    return isFull ? FULL : NONE;
  }

  private chosen(id: number): number {
    this.ejector?.chosen?.(id);
    return id;
  }

  /** A call has come back from an instance, or will not any more. */
  answered(id: number, call: number, outcome: Outcome): void {
    const position = this.release(id);
    if (this.balancer.answered !== undefined && position !== NONE) {
      const elapsed = this.world.kernel.now - this.calls.sentAt(call);
      this.balancer.answered(position, elapsed, outcome === OK);
    }
    this.ejector?.answered(id, outcome);
    if (outcome === OK) this.options.fleet.primary?.answered(call);
    if (this.options.maxCalls !== Infinity) this.onRoom();
  }

  /** A call has come back from an instance that is to have it again: it keeps its place there. */
  failedAndKept(id: number, outcome: Outcome): void {
    this.ejector?.answered(id, outcome);
  }

  /** Whether an instance, by its id, is a backend now. */
  believesIn(id: number): boolean {
    return this.positions[id] !== NONE;
  }

  /** A choice that is not acted upon. */
  private withdraw(id: number): void {
    const position = this.release(id);
    if (position !== NONE) this.balancer.answered?.(position, NONE, false);
  }

  private release(id: number): number {
    const position = this.positions[id]!;
    if (this.load[id]!-- === this.options.maxCalls && position !== NONE) this.free++;
    return position;
  }

  inFlight(position: number): number {
    return this.load[this.ids[position]!]!;
  }

  weight(position: number): number {
    const id = this.ids[position]!;
    const weight = this.options.fleet.weightOf(id);
    return this.slowStart === null ? weight : weight * this.slowStart.factor(id);
  }

  limit(): number {
    return this.options.maxCalls;
  }

  id(position: number): number {
    return this.ids[position]!;
  }

  zone(position: number): string {
    return this.options.fleet.instances[this.ids[position]!]!.zone;
  }

  ready(instance: Instance): void {
    if (this.registered.has(instance) || instance.withheld) return;
    const rest = this.untilKnown(instance);
    if (rest > 0) this.enterLater(instance, rest);
    else this.enter(instance);
  }

  /** Until balancers have heard of one that is ready [ns]; those there at the start are known. */
  private untilKnown({ state, life, stateSince }: Instance): Duration {
    if (state !== "ready" || life === 0) return 0;
    return stateSince + this.options.fleet.options.registration - this.world.kernel.now;
  }

  private enterLater(instance: Instance, delay: Duration): void {
    const { life } = instance;
    this.world.agenda.after(delay, () => {
      const isSame = instance.life === life && instance.state === "ready" && !instance.withheld;
      if (isSame && !this.registered.has(instance)) this.enter(instance);
    });
  }

  rotation(instance: Instance, inRotation: boolean): void {
    if (!inRotation) this.deregister(instance);
    else if (instance.state === "ready" && !this.registered.has(instance)) this.enter(instance);
  }

  private enter(instance: Instance): void {
    this.register(instance);
    // A fleet of thousands is built once, unless calls may wait for the room that the new one has.
    if (this.options.maxCalls === Infinity) this.current = false;
    else this.rebuild();
  }

  private register(instance: Instance): void {
    this.registered.add(instance);
    this.load[instance.id] = 0;
    // The fleet that is there from the beginning is not new.
    if (this.world.kernel.now > 0) this.slowStart?.begin(instance.id);
    this.options.detector.watch(instance, (up, reason) => this.mark(instance, up, reason));
    this.ejector?.watch(instance);
  }

  draining(instance: Instance): void {
    this.deregister(instance);
  }

  gone(instance: Instance): void {
    this.deregister(instance);
  }

  private deregister(instance: Instance): void {
    if (!this.registered.delete(instance)) return;
    this.down.delete(instance);
    this.ejected.delete(instance);
    this.options.detector.forget(instance);
    this.ejector?.forget(instance);
    this.balancer.left?.(instance.id);
    this.rebuild();
  }

  private mark(instance: Instance, up: boolean, reason: string): void {
    if (up) {
      this.down.delete(instance);
      this.slowStart?.begin(instance.id);
    } else this.down.add(instance);
    this.rebuild();
    this.note(instance, up ? "marked up" : "marked down", reason);
  }

  /** What whoever watches calls may do. */
  private ejection(): EjectorContext {
    const { agenda } = this.world;
    return {
      agenda,
      registered: () => this.registered.size,
      eject: (instance, reason) => {
        this.ejected.add(instance);
        this.rebuild();
        if (reason !== null) this.note(instance, "ejected", reason);
      },
      readmit: (instance, reason) => {
        if (!this.ejected.delete(instance)) return;
        this.slowStart?.begin(instance.id);
        this.rebuild();
        if (reason !== null) this.note(instance, "readmitted", reason);
      },
      weaken: ({ id }, allowed) => this.balancer.failed?.(id, allowed),
      doubt: (instance, sure) => this.options.detector.doubt?.(instance, sure),
    };
  }

  private note(instance: Instance, what: string, reason: string): void {
    this.world.journal.note({
      plane: "health",
      part: this.options.owner,
      instance: instance.name,
      what,
      reason: `${reason}; ${this.size} of ${this.registered.size} backends are up`,
    });
  }

  private refresh(): void {
    if (this.opened) this.rebuild();
    else this.open();
  }

  private rebuild(): void {
    this.current = true;
    for (const id of this.ids) this.positions[id] = NONE;
    this.ids.length = 0;
    this.free = 0;
    const candidates = this.candidates();
    for (const instance of this.registered) {
      this.positions[instance.id] = NONE;
      if (!candidates.has(instance)) continue;
      this.positions[instance.id] = this.ids.push(instance.id) - 1;
      if (this.load[instance.id]! < this.options.maxCalls) this.free++;
    }
    this.size = this.ids.length;
    this.balancer.changed?.(this);
    if (this.opened && this.options.maxCalls !== Infinity) this.onRoom();
  }

  private candidates(): ReadonlySet<Instance> {
    const { panicBelow, backupZones } = this.options;
    const believed = new Set(this.registered);
    for (const instance of this.down) believed.delete(instance);
    for (const instance of this.ejected) believed.delete(instance);
    if (believed.size < panicBelow * this.registered.size) return this.registered;
    if (backupZones.length === 0) return believed;
    const first = [...believed].filter(({ zone }) => !backupZones.includes(zone));
    return first.length > 0 ? new Set(first) : believed;
  }
}
