/**
 * Which instance of a cache has what: by the remainder of the key, by a ring of hashes, or each for
 * itself.
 */
import { NONE, type Calls } from "../calls.ts";
import type { CacheStore } from "../cacheStore.ts";
import type { Coalescing } from "../coalescings/coalescing.ts";
import type { Instance } from "../instance.ts";
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

export type Sharding = "remainder" | "none";

export class Shards {
  /** Every node there ever was, by id of its instance. */
  readonly all: CacheNode[] = [];
  private readonly sharding: Sharding;
  private readonly calls: Calls;
  private readonly random: Random;
  private readonly make: (instance: Instance) => CacheNode;
  /** Nodes among which keys or calls are divided. */
  private nodes: readonly CacheNode[] = [];

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
    return this.nodes[key === NONE ? 0 : key % this.nodes.length] ?? null;
  }

  enter(instance: Instance): void {
    const node = (this.all[instance.id] ??= this.make(instance));
    if (!this.nodes.includes(node)) this.nodes = [...this.nodes, node];
  }

  leave(instance: Instance): void {
    this.nodes = this.nodes.filter((node) => node.instance !== instance);
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
