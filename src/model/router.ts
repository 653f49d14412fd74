/**
 * Chooses an instance of a fleet for each call: a balancing algorithm over the instances that are
 * registered and that its health checks believe in.
 *
 * It sees its own calls at once and everything else only through the detector: a crashed instance
 * stays a backend until enough probes have failed.
 */
import type { Duration } from "../kernel/time.ts";
import type { Balancer, Backends } from "./balancers/balancer.ts";
import { CallInHand } from "./callInHand.ts";
import { NONE, type Calls } from "./calls.ts";
import type { Detector } from "./detectors/detector.ts";
import type { Fleet, FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { Journal } from "./journal.ts";
import { OK, type Outcome } from "./outcomes.ts";
import type { World } from "./world.ts";

/** After so many choices that fall on instances already tried, the first of the others is taken. */
const MOST_REDRAWS = 20;

export class Router implements Backends, FleetObserver {
  /** Backends to choose from [instances]. */
  size = 0;
  /** Instance ids by position. */
  private readonly ids: number[] = [];
  /** Position by instance id; NONE for an instance that is not a backend now. */
  private readonly positions: number[] = [];
  /** Calls out by instance id [calls]. */
  private readonly load: number[] = [];
  private readonly registered = new Set<Instance>();
  private readonly down = new Set<Instance>();
  private readonly fleet: Fleet;
  private readonly balancer: Balancer;
  private readonly detector: Detector;
  private readonly journal: Journal;
  private readonly calls: Calls;
  private readonly clock: { readonly now: Duration };
  private readonly owner: string;
  private readonly inHand: CallInHand;
  private opened = false;

  constructor(owner: string, fleet: Fleet, balancer: Balancer, detector: Detector, world: World) {
    this.owner = owner;
    this.fleet = fleet;
    this.balancer = balancer;
    this.detector = detector;
    this.journal = world.journal;
    this.calls = world.calls;
    this.clock = world.kernel;
    this.inHand = new CallInHand(world.calls, world.fleets);
  }

  /** Begins to watch the fleet. A router that nobody asks checks nobody's health. */
  open(): void {
    this.opened = true;
    this.fleet.watch(this);
    // One that died unnoticed is still registered: the checks have to find out.
    const registered = ["ready", "crashed"];
    for (const instance of this.fleet.instances) {
      if (registered.includes(instance.state)) this.ready(instance);
    }
  }

  /** Takes a backend for a call and counts it as in flight there; NONE when there is none. */
  choose(call: number): number {
    if (!this.opened) this.open();
    if (this.size === 0) return NONE;
    this.inHand.call = call;
    this.inHand.redraws = 0;
    return this.draw();
  }

  private draw(): number {
    const position = this.balancer.choose(this, this.inHand);
    const id = this.ids[position]!;
    this.load[id]!++;
    this.balancer.sent?.(position);
    return id;
  }

  /**
   * The same for a call that some instances have already failed: one of the others. Choices that fall
   * on those are held until one does not, so that algorithms that go by load move on.
   */
  chooseAnother(call: number, tried: readonly number[]): number {
    const held: number[] = [];
    let id = this.choose(call);
    while (tried.includes(id) && held.length < MOST_REDRAWS) {
      held.push(id);
      this.inHand.redraws++;
      id = this.draw();
    }
    for (const each of held) this.withdraw(each);
    if (!tried.includes(id)) return id;
    this.withdraw(id);
    return this.firstOf(this.ids.filter((each) => !tried.includes(each)));
  }

  private firstOf(ids: readonly number[]): number {
    const [id] = ids;
    if (id === undefined) return NONE;
    this.load[id]!++;
    this.balancer.sent?.(this.positions[id]!);
    return id;
  }

  /** A call has come back from an instance, or will not any more. */
  answered(id: number, call: number, outcome: Outcome): void {
    this.load[id]!--;
    const position = this.positions[id]!;
    if (position === NONE || this.balancer.answered === undefined) return;
    const elapsed = this.clock.now - this.calls.sentAt(call);
    this.balancer.answered(position, elapsed, outcome === OK);
  }

  /** A choice that is not acted upon. */
  private withdraw(id: number): void {
    this.load[id]!--;
    const position = this.positions[id]!;
    if (position !== NONE) this.balancer.answered?.(position, NONE, false);
  }

  inFlight(position: number): number {
    return this.load[this.ids[position]!]!;
  }

  weight(position: number): number {
    return this.fleet.weightOf(this.ids[position]!);
  }

  limit(): number {
    return Infinity;
  }

  id(position: number): number {
    return this.ids[position]!;
  }

  zone(position: number): string {
    return this.fleet.instances[this.ids[position]!]!.zone;
  }

  ready(instance: Instance): void {
    if (this.registered.has(instance)) return;
    this.registered.add(instance);
    this.load[instance.id] = 0;
    this.detector.watch(instance, (up, reason) => this.mark(instance, up, reason));
    this.rebuild();
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
    this.detector.forget(instance);
    this.rebuild();
  }

  private mark(instance: Instance, up: boolean, reason: string): void {
    if (up) this.down.delete(instance);
    else this.down.add(instance);
    this.rebuild();
    this.journal.note({
      plane: "health",
      part: this.owner,
      instance: instance.name,
      what: up ? "marked up" : "marked down",
      reason: `${reason}; ${this.size} of ${this.registered.size} backends are up`,
    });
  }

  private rebuild(): void {
    for (const id of this.ids) this.positions[id] = NONE;
    this.ids.length = 0;
    for (const instance of this.registered) {
      this.positions[instance.id] = NONE;
      if (this.down.has(instance)) continue;
      this.positions[instance.id] = this.ids.push(instance.id) - 1;
    }
    this.size = this.ids.length;
    this.balancer.changed?.(this);
  }
}
