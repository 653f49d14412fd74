/** A cache at work: looks up, fetches what it has not, and keeps what it has fetched. */
import type { EventKind } from "../../kernel/kernel.ts";
import type { Duration } from "../../kernel/time.ts";
import type { Random } from "../../kernel/random.ts";
import {
  EARLY,
  EXPIRED,
  FRESH,
  STALE,
  ABSENT,
  type CacheStore,
  type Found,
} from "../cacheStore.ts";
import { NONE, type Calls } from "../calls.ts";
import type { Coalescing, CoalescingContext } from "../coalescings/coalescing.ts";
import type { Callee, Caller, Exchange, Target } from "../exchange.ts";
import type { Gate } from "../express/lane.ts";
import type { Fleet, FleetObserver } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import { OK, type Outcome } from "../outcomes.ts";
import type { World } from "../world.ts";
import type { WriteContext, Writes } from "../writes/write.ts";
import type { BloomFilter } from "./bloomFilter.ts";
import { Writer } from "./writer.ts";
import { Shards, type CacheNode, type Sharding } from "./shards.ts";

/** Operations, as calls name them. */
export const GET = 0;
export const SET = 1;
export const DELETE = 2;

export interface CacheOptions {
  readonly fleet: Fleet;
  readonly sharding: Sharding;
  /** An empty store for one instance, which keeps what is past all use or not. */
  readonly store: (keepsExpired: boolean) => CacheStore;
  /** A way of coalescing, for those that ask the same instance; null for none. */
  readonly coalescing: (context: CoalescingContext) => Coalescing | null;
  readonly writes: (context: WriteContext) => Writes;
  /** Probability of a hit; null where real keys decide. */
  readonly hitRatio: number | null;
  readonly hits: Random;
  readonly places: Random;
  readonly lookup: { readonly mean: Duration; sample(): Duration };
  /** Whether the caller puts an item it fetched, which takes another look-up. */
  readonly filledByCaller: boolean;
  /** How long past its time an item is served while it is fetched again, and when that failed [ns]. */
  readonly staleWhileRevalidate: Duration;
  readonly staleIfError: Duration;
  /** What stops keys of no item before the store; null for nothing. */
  readonly filter: BloomFilter | null;
}

export class Cache implements Callee, Caller, FleetObserver {
  readonly number: number;
  /** Keys from this on are of no item; it is known once all parts are there -- constant. */
  private absentFrom = Infinity;
  readonly fleet: Fleet;
  private readonly calls: Calls;
  private readonly options: CacheOptions;
  private readonly exchange: Exchange;
  private readonly world: World;
  private readonly caller: number;
  private readonly writer: Writer;
  private readonly lookupDone: EventKind;
  private readonly fillDone: EventKind;
  private readonly shards: Shards;
  /** Shared by all instances if keys are divided among them: each key is at one of them only. */
  private readonly common: Coalescing | null;
  private target: Target | null = null;
  private hits = 0;
  private misses = 0;
  private coalesced = 0;
  /** Answers past their time [answers]; hits, or misses whose fetch failed. */
  private stale = 0;
  /** Answers that there is no such item, by the filter [answers]; they count as hits. */
  private filtered = 0;

  constructor(world: World, options: CacheOptions) {
    this.world = world;
    this.calls = world.calls;
    this.exchange = world.exchange;
    this.options = options;
    this.fleet = options.fleet;
    this.number = world.exchange.addCallee(this);
    this.caller = world.exchange.addCaller(this);
    this.lookupDone = world.kernel.on((call) => this.serve(call));
    this.fillDone = world.kernel.on((call) => this.fetched(call, OK));
    this.common = options.sharding === "none" ? null : this.makeCoalescing();
    this.shards = new Shards(options.sharding, {
      calls: world.calls,
      random: options.places,
      make: (instance) => this.makeNode(instance),
    });
    this.writer = new Writer(world, this, options.writes);
    this.fleet.watch(this);
  }

  /** Where misses go, and writes if they go anywhere. */
  join(reads: Target, writes: Target | null, absentFrom: number): void {
    this.target = reads;
    this.writer.target = writes;
    this.absentFrom = absentFrom;
  }

  lane(): Gate {
    const { hitRatio, hits: random } = this.options;
    const tally = (hits: number, misses: number) => {
      this.hits = hits;
      this.misses = misses;
    };
    const target = this.target!;
    return { kind: "gate", operation: GET, hitRatio: hitRatio ?? 0, random, target, tally };
  }

  arrive(call: number): void {
    if (this.options.lookup.mean === 0) this.serve(call);
    else this.lookupDone.after(this.options.lookup.sample(), call);
  }

  private serve(call: number): void {
    const operation = this.calls.operation(call);
    if (operation === GET) this.get(call);
    else if (operation === SET) this.writer.write(call);
    else {
      this.forget(call);
      this.exchange.answer(call, OK);
    }
  }

  private get(call: number): void {
    const found = this.look(call);
    if (found === FRESH) {
      this.hits++;
      this.exchange.answer(call, OK);
    } else this.getOther(call, found);
  }

  /** Looks up again for a call that has waited for another's fetch. */
  private lookAgain(call: number): void {
    const found = this.look(call);
    if (found === FRESH) {
      this.coalesced++;
      this.exchange.answer(call, OK);
    } else this.getOther(call, found);
  }

  private look(call: number): Found {
    const { hitRatio, hits } = this.options;
    const node = this.shards.of(call);
    if (node === null || !node.instance.serving) return ABSENT;
    if (hitRatio !== null) return hits.next() < hitRatio ? FRESH : ABSENT;
    const key = this.calls.key(call);
    return key === NONE ? ABSENT : node.store.look(key, this.world.kernel.now);
  }

  /** A look-up that did not simply hit. */
  private getOther(call: number, found: Found): void {
    if (found === STALE && this.servesStale(call)) return;
    if (this.needsNoFetch(call, found)) {
      this.hits++;
      return this.exchange.answer(call, OK);
    }
    if (this.waits(call, found)) return;
    this.misses++;
    this.fetch(call);
  }

  /** The filter knows that there is no such item; or another call refreshes one that is fresh still. */
  private needsNoFetch(call: number, found: Found): boolean {
    const key = this.calls.key(call);
    if (found === EARLY) return this.coalescingOf(call)?.isFetched(key) ?? false;
    const { filter } = this.options;
    if (filter === null || key < this.absentFrom || filter.passes(key)) return false;
    this.filtered++;
    return true;
  }

  private waits(call: number, found: Found): boolean {
    const key = this.calls.key(call);
    const coalescing = this.coalescingOf(call);
    if (coalescing === null || key === NONE) return false;
    if ((found === EXPIRED || found === STALE) && !coalescing.coversExpired) return false;
    const isWaiting = coalescing.waits(call, key);
    if (isWaiting && coalescing.answersWaiters) this.coalesced++;
    return isWaiting;
  }

  /** Stale while revalidate: the caller has its answer, and the call goes on to fetch the item again. */
  private servesStale(call: number): boolean {
    const key = this.calls.key(call);
    const node = this.shards.of(call)!;
    const { staleWhileRevalidate } = this.options;
    if (!node.store.isStale(key, this.world.kernel.now, staleWhileRevalidate)) return false;
    this.hits++;
    this.stale++;
    if (node.refreshing.has(key) || node.coalescing?.isFetched(key)) {
      this.exchange.answer(call, OK);
      return true;
    }
    node.refreshing.add(key);
    this.exchange.forsake(call, OK);
    node.coalescing?.waits(call, key);
    this.fetch(call);
    return true;
  }

  private fetch(call: number): void {
    const { part, operation, policy } = this.target!;
    this.calls.setStartedAt(call, this.world.kernel.now);
    this.exchange.send(this.exchange.openFor(call, this.caller, part, operation, policy));
  }

  resolved(child: number, outcome: Outcome): void {
    const call = this.calls.parent(child);
    const { filledByCaller, lookup } = this.options;
    if (filledByCaller && outcome === OK) this.fillDone.after(lookup.sample(), call);
    else this.fetched(call, outcome);
  }

  /** The fetch of a call is over. */
  private fetched(call: number, outcome: Outcome): void {
    const key = this.calls.key(call);
    const node = this.keeperOf(call);
    const coalescing = this.coalescingOf(call);
    let answer = outcome;
    if (node !== null) {
      if (outcome !== OK) answer = this.afterFailure(node, key, outcome);
      else if (coalescing === null || coalescing.mayKeep(call)) this.keepFetched(call, node);
      node.refreshing.delete(key);
    }
    if (coalescing === null || key === NONE) this.exchange.answer(call, answer);
    else coalescing.settle(call, key, answer);
  }

  private keepFetched(call: number, node: CacheNode): void {
    const key = this.calls.key(call);
    const { now } = this.world.kernel;
    node.store.keep(key, now, key >= this.absentFrom, now - this.calls.startedAt(call));
  }

  /** Stale if error: an item that is past its time is better than none. */
  private afterFailure(node: CacheNode, key: number, outcome: Outcome): Outcome {
    const { staleIfError } = this.options;
    if (staleIfError === 0) return outcome;
    if (!node.store.isStale(key, this.world.kernel.now, staleIfError)) return outcome;
    this.stale++;
    return OK;
  }

  resume(): boolean {
    return true;
  }

  /** Keeps what a call has written. */
  keep(call: number): void {
    const key = this.calls.key(call);
    this.keeperOf(call)?.store.keep(key, this.world.kernel.now, false, 0);
  }

  forget(call: number): void {
    this.keeperOf(call)?.store.remove(this.calls.key(call));
  }

  /** The node that keeps the item of a call; null when nobody can. */
  keeperOf(call: number): CacheNode | null {
    if (this.options.hitRatio !== null || this.calls.key(call) === NONE) return null;
    const node = this.shards.of(call);
    return node?.instance.serving ? node : null;
  }

  private coalescingOf(call: number): Coalescing | null {
    return this.common ?? this.shards.of(call)?.coalescing ?? null;
  }

  private makeNode(instance: Instance): CacheNode {
    const { sharding, store } = this.options;
    const own = sharding === "none" ? this.makeCoalescing() : this.common;
    const keepsExpired = own !== null && !own.coversExpired;
    return { instance, store: store(keepsExpired), coalescing: own, refreshing: new Set() };
  }

  private makeCoalescing(): Coalescing | null {
    const { calls, exchange, world } = this;
    return this.options.coalescing({
      calls,
      clock: world.kernel,
      on: (handler) => world.kernel.on(handler),
      answer: (call, outcome) => exchange.answer(call, outcome),
      lookAgain: (call) => this.lookAgain(call),
    });
  }

  counts() {
    const evictions = this.shards.all.reduce((sum, { store }) => sum + store.evictions, 0);
    const { hits, misses, coalesced, stale, filtered } = this;
    return { hits, misses, coalesced, evictions, stale, filtered };
  }

  ready(instance: Instance): void {
    this.shards.enter(instance);
  }

  draining(instance: Instance): void {
    this.fleet.drained(instance);
  }

  /** Nothing in memory survives. */
  crashed(instance: Instance): void {
    this.shards.all[instance.id]!.store.clear();
    this.writer.crashed(instance, this.fleet.options.part);
  }

  flushed(instance: Instance): void {
    this.shards.all[instance.id]!.store.clear();
  }

  gone(instance: Instance): void {
    this.shards.leave(instance);
  }
}
