/**
 * Which instance of a cache has what: by the remainder of the key, by a ring of hashes, or each for
 * itself.
 */
import { NONE, type Calls } from "../calls.ts";
import type { CacheStore } from "../cacheStore.ts";
import type { Coalescing } from "../coalescings/coalescing.ts";
import type { Instance } from "../instance.ts";
import { KETAMA_POINTS, KetamaRing } from "../ketama.ts";
import type { Random } from "../../kernel/random.ts";

/** One instance, and what it keeps. */
export interface CacheNode {
  readonly instance: Instance;
  readonly store: CacheStore;
  /** Calls that share fetches with each other; null when none do. */
  readonly coalescing: Coalescing | null;
  /** Keys of stale items that are being fetched again. */
  readonly refreshing: Set<number>;
}

/** How keys are divided among the instances. */
export const shardings = ["remainder", "ketama", "none"] as const;
export type Sharding = (typeof shardings)[number];

export class Shards {
  /** Every node there ever was, by id of its instance. */
  readonly all: CacheNode[] = [];
  private readonly sharding: Sharding;
  private readonly calls: Calls;
  private readonly random: Random;
  private readonly make: (instance: Instance) => CacheNode;
  /** Nodes among which keys or calls are divided. */
  private nodes: readonly CacheNode[] = [];
  /** Null where no ring divides them. */
  private ring: KetamaRing | null = null;

  constructor(
    sharding: Sharding,
    context: { calls: Calls; random: Random; make: (instance: Instance) => CacheNode },
  ) {
    this.sharding = sharding;
    this.calls = context.calls;
    this.random = context.random;
    this.make = context.make;
  }

  /** The node that would have the item of a call, whether it serves or not; null when there is none. */
  of(call: number): CacheNode | null {
    if (this.sharding === "none") return this.own(call);
    const key = this.calls.key(call);
    const { nodes, ring } = this;
    if (key === NONE) return nodes[0] ?? null;
    return nodes[ring === null ? key % nodes.length : ring.ownerOf(key)] ?? null;
  }

  enter(instance: Instance): void {
    const node = (this.all[instance.id] ??= this.make(instance));
    if (!this.nodes.includes(node)) this.divide([...this.nodes, node]);
  }

  leave(instance: Instance): void {
    this.divide(this.nodes.filter((node) => node.instance !== instance));
  }

  private divide(nodes: readonly CacheNode[]): void {
    this.nodes = nodes;
    if (this.sharding !== "ketama") return;
    const members = nodes.map(({ instance: { id } }) => ({ id, weight: 1 }));
    this.ring = new KetamaRing(members, KETAMA_POINTS);
  }

  /** Where a balancer has sent the call, or at random; noted, so that it stays there. */
  private own(call: number): CacheNode | null {
    const chosen = this.calls.instance(call);
    if (chosen !== NONE) return this.all[chosen] ?? null;
    if (this.nodes.length === 0) return null;
    const node = this.nodes[this.random.below(this.nodes.length)]!;
    this.calls.setInstance(call, node.instance.id);
    return node;
  }
}
