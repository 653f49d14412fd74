/**
 * Nodes that several fleets of pods share: a pod that finds no room is pending until there is some.
 *
 *     pod -> pending -> node with room -> image pulled -> starts
 *               '--> the pool's scaler sees it and launches nodes
 *
 * Pods are placed like a spreading scheduler does: the zone with the fewest pods of the fleet, there the
 * node with most left, of those the oldest. A node that dies takes its pods with it; if it is not back
 * when they are evicted, the fleets launch others. A node that drains has its pods evicted at once.
 */
import type { Duration } from "../kernel/time.ts";
import type { Agenda } from "./agenda.ts";
import { seconds, type Fleet, type FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { Lodging } from "./lodging.ts";
import type { NodeType } from "./nodeType.ts";
import type { Shape } from "./shape.ts";
import { fits, plus, without, type Room } from "./packing.ts";

export interface Pod {
  readonly instance: Instance;
  readonly owner: Fleet;
  readonly needs: Room;
  readonly housed: (imagePull: Duration) => void;
}

/** One node that is up or was. */
export interface Node {
  readonly instance: Instance;
  /** What it has for pods. */
  readonly empty: Room;
  /** What its pods have left. */
  free: Room;
  readonly pods: Set<Pod>;
  /** Since when, or from when on, it has the image of a fleet [ns]. */
  readonly images: Map<Fleet, Duration>;
  /** Since when its pods are the same [ns]. */
  since: Duration;
}

export interface PoolOptions {
  /** What its nodes may be; those at the start are of the first. */
  readonly types: readonly NodeType[];
  /** Whether its scaler chooses among them; else there is the first. */
  readonly choosesTypes: boolean;
  /** From the death of a node until its pods are launched elsewhere [ns]. */
  readonly eviction: Duration;
}

export class NodePool implements Lodging, FleetObserver {
  readonly fleet: Fleet;
  readonly options: PoolOptions;
  /** Pods without a node, in the order they came. */
  readonly pending: Pod[] = [];
  /** Called when another pod is pending. */
  onPending: () => void = () => {};
  /** Called when a node has come. */
  onUp: (type: NodeType) => void = () => {};
  private readonly nodes = new Map<Instance, Node>();
  private readonly homes = new Map<Instance, { readonly node: Node; readonly pod: Pod }>();
  private readonly agenda: Agenda;

  constructor(fleet: Fleet, options: PoolOptions, agenda: Agenda) {
    this.fleet = fleet;
    this.options = options;
    this.agenda = agenda;
    fleet.watch(this);
  }

  /** Nodes that take pods, the oldest first. */
  up(): Node[] {
    return [...this.nodes.values()].filter(({ instance }) => instance.state === "ready");
  }

  /** What nodes that are on their way will have, and those the cloud still owes. */
  coming(): Room[] {
    const { instances, size, desired } = this.fleet;
    const onTheirWay = instances.filter(isComing).map((instance) => this.typeOf(instance).empty);
    const { empty } = this.typeFor(this.fleet.shape);
    return [...onTheirWay, ...Array.from({ length: Math.max(0, desired - size) }, () => empty)];
  }

  /** Nodes that were launched so long ago [ns] and never came. */
  overdue(timeout: Duration): Instance[] {
    const latest = this.agenda.now - timeout;
    const never = (instance: Instance) => isComing(instance) && !this.nodes.has(instance);
    return this.fleet.instances.filter((each) => each.launchedAt <= latest && never(each));
  }

  typeOf({ shape }: Instance): NodeType {
    return this.typeFor(shape);
  }

  private typeFor(shape: Shape | null): NodeType {
    const { types } = this.options;
    return types.find(({ name }) => name === shape?.type) ?? types[0]!;
  }

  /** Nodes of a type that are there or on their way [nodes]. */
  countOf(type: NodeType): number {
    const { instances } = this.fleet;
    return instances.filter((each) => each.state !== "gone" && this.typeOf(each) === type).length;
  }

  /**
   * Launches nodes of a type, as many as can be had.
   *
   * @param refused hears why there are no more, and says what follows from it
   * @returns whether all could be had
   */
  launch(type: NodeType, count: number, reason: string, refused: (why: string) => string): boolean {
    const { fleet } = this;
    const before = fleet.desired;
    const refusals: string[] = [];
    fleet.shape = type.shape;
    fleet.placement.onRefusal = (why) => void refusals.push(why);
    fleet.scaleTo(before + count, reason);
    fleet.placement.onRefusal = null;
    const [why] = refusals;
    if (why !== undefined) fleet.scaleTo(Math.max(before, fleet.size), `${why}; ${refused(why)}`);
    return why === undefined;
  }

  house(instance: Instance, owner: Fleet, housed: Pod["housed"]): void {
    this.fleet.open();
    const { needs: usual } = owner.options.pod!;
    const { shape } = instance;
    const needs = shape === null ? usual : { ...usual, millicores: shape.cores * 1000 };
    const pod = { instance, owner, needs, housed };
    if (this.seat(pod)) return;
    this.pending.push(pod);
    this.onPending();
  }

  vacate(instance: Instance): void {
    const waiting = this.pending.findIndex((pod) => pod.instance === instance);
    if (waiting >= 0) this.pending.splice(waiting, 1);
    const home = this.homes.get(instance);
    if (home === undefined) return;
    const { node, pod } = home;
    this.homes.delete(instance);
    node.pods.delete(pod);
    node.free = plus(node.free, pod.needs);
    node.since = this.agenda.now;
    if (node.pods.size === 0) this.fleet.drained(node.instance);
    this.seatPending();
  }

  isUp(instance: Instance): boolean {
    const home = this.homes.get(instance);
    return home !== undefined && home.node.instance.serving;
  }

  neighbours(instance: Instance): number {
    const home = this.homes.get(instance);
    return home === undefined ? 1 : podsOf(home.pod.owner, home.node);
  }

  /** A node has come, or has come back: what it had runs again, and there is room. */
  ready(instance: Instance): void {
    const node = this.nodes.get(instance) ?? this.add(instance);
    this.onUp(this.typeOf(instance));
    for (const { instance: pod, owner } of node.pods) owner.restart(pod);
    this.seatPending();
  }

  draining(instance: Instance): void {
    this.replaceLike(instance);
    const { pods } = this.nodes.get(instance)!;
    for (const pod of [...pods]) pod.owner.evict(pod.instance, `${instance.name} drains`);
    if (pods.size === 0) this.fleet.drained(instance);
  }

  crashed(instance: Instance): void {
    const { pods } = this.nodes.get(instance)!;
    for (const pod of pods) pod.owner.crash(pod.instance, instance.silent);
    const { life } = instance;
    this.agenda.after(this.options.eviction, () => {
      if (instance.state === "crashed" && instance.life === life) this.giveUp(instance);
    });
  }

  gone(instance: Instance): void {
    this.replaceLike(instance);
    const node = this.nodes.get(instance);
    if (node === undefined) return;
    for (const pod of [...node.pods]) pod.owner.crash(pod.instance, false);
    this.giveUp(instance);
    this.nodes.delete(instance);
  }

  /** The pods of a node that is dead for good are launched elsewhere. */
  private giveUp(instance: Instance): void {
    const { pods } = this.nodes.get(instance)!;
    for (const pod of [...pods])
      pod.owner.replace(pod.instance, `evicted: ${instance.name} is down`);
  }

  /** Whatever takes the place of a node is of the same type. */
  private replaceLike(instance: Instance): void {
    if (this.options.choosesTypes) this.fleet.shape = this.typeOf(instance).shape;
  }

  private add(instance: Instance): Node {
    const { empty } = this.typeOf(instance);
    const since = this.agenda.now;
    const node = {
      instance,
      empty,
      free: empty,
      pods: new Set<Pod>(),
      images: new Map<Fleet, Duration>(),
      since,
    };
    this.nodes.set(instance, node);
    return node;
  }

  private seatPending(): void {
    for (const pod of [...this.pending]) {
      if (!this.pending.includes(pod) || !this.seat(pod)) continue;
      this.pending.splice(this.pending.indexOf(pod), 1);
    }
  }

  private seat(pod: Pod): boolean {
    const node = this.choose(pod);
    if (node === null) return false;
    node.free = without(node.free, pod.needs);
    node.pods.add(pod);
    node.since = this.agenda.now;
    this.homes.set(pod.instance, { node, pod });
    pod.owner.settleIn(pod.instance, node.instance.zone);
    pod.housed(this.imagePull(pod.owner, node));
    return true;
  }

  /** Until a node has the image of a fleet; one that is being fetched is waited for [ns]. */
  private imagePull(owner: Fleet, { images }: Node): Duration {
    const { imagePull, pullsAlways } = owner.options.pod!;
    const { now } = this.agenda;
    const there = images.get(owner);
    if (there !== undefined && !pullsAlways) return Math.max(0, there - now);
    const pull = imagePull.sample();
    images.set(owner, now + pull);
    return pull;
  }

  private choose({ owner, needs }: Pod): Node | null {
    const open = this.up().filter(({ free }) => fits(needs, free));
    const crowd = (zone: string) => owner.placement.population(zone);
    const better = (one: Node, other: Node) =>
      crowd(one.instance.zone) - crowd(other.instance.zone) || this.used(one) - this.used(other);
    return open.sort(better)[0] ?? null;
  }

  /** Share of a node that is asked for: of its cores or of its memory, whichever is more [0 to 1]. */
  used({ free, empty }: Node): number {
    const memory = empty.memory === Infinity ? 0 : 1 - free.memory / empty.memory;
    return Math.max(1 - free.millicores / empty.millicores, memory);
  }

  /** "3 pods wait for a node, the first for 12 s", for those who decide. */
  waiting(): string {
    const [first] = this.pending;
    const since = first === undefined ? 0 : this.agenda.now - first.instance.stateSince;
    const { length } = this.pending;
    return `${length} ${length === 1 ? "pod" : "pods"} pending, the first for ${seconds(since)}`;
  }
}

/** Pods of one fleet on a node [pods]. */
function podsOf(owner: Fleet, { pods }: Node): number {
  return [...pods].filter((pod) => pod.owner === owner).length;
}

function isComing({ state }: Instance): boolean {
  return state === "provisioning" || state === "starting";
}
