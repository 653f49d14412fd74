/**
 * A cache in front of a store: answers what it has, fetches what it has not.
 *
 *     call -> shard of its key -> there and fresh -> answer
 *                              '-> miss -> call the part behind -> keep -> answer
 *
 * Keys are spread over the instances by remainder. An instance that is down is passed by: its share
 * of the calls goes to the store and is not kept, as a cache client does that cannot reach its server.
 */
import { z } from "zod";
import { make } from "../../schema/definition.ts";
import { count, duration, flag, share, text } from "../../schema/fields.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { CacheStore, FRESH } from "../cacheStore.ts";
import { KeptKeys } from "../caches/keptKeys.ts";
import { NONE, type Calls } from "../calls.ts";
import { hangDoor } from "../door.ts";
import type { Callee, Caller, Exchange, Target } from "../exchange.ts";
import type { Fleet, FleetObserver } from "../fleet.ts";
import { fleetSchema, makeFleet } from "../fleetSpec.ts";
import { guardsField } from "../guards/index.ts";
import type { Instance } from "../instance.ts";
import { OK, type Outcome } from "../outcomes.ts";
import { policyFields } from "../policy.ts";
import { replacements, replacementSchema } from "../replacements/index.ts";
import type { World } from "../world.ts";
import type { EventKind } from "../../kernel/kernel.ts";
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { nothingRead, part, splitTarget, type Part } from "./part.ts";
import { findTarget } from "./serving.ts";

export const cache = part({
  kind: "cache",
  summary: "Answers what it has kept and fetches the rest from the part behind it; operation get.",
  options: {
    fleet: fleetSchema.prefault({}),
    behind: text("Where misses go, as part.operation; the part alone means its operation read."),
    capacity: count("Items one instance can keep.", { min: 1 }).default(10_000),
    eviction: replacementSchema.describe("Which item makes room for a new one.").prefault("lru"),
    ttl: duration(
      "How long an item is fresh, counted from its fetch; without it, for ever.",
    ).optional(),
    coalesce: flag("Let calls that miss the same item share one fetch.").default(false),
    "hit-ratio": share(
      "Hit with this probability instead of keeping real keys, for planners who know only the number.",
    ).optional(),
    lookup: distributionSchema.describe("The time a look-up takes.").prefault("0 s"),
    guards: guardsField,
    ...policyFields,
  },
  hasFleet: true,
  hasSlots: false,
  needsKeys: (options) => options["hit-ratio"] === undefined,
  operations: () => ["get"],
  references: ({ behind }) => [{ path: ["behind"], target: storeOperation(behind) }],
  create(options, context): Part {
    const { world, name } = context;
    const fleet = makeFleet(options.fleet, context);
    const { capacity } = options;
    const eviction = { capacity, random: world.stream(name, "eviction"), clock: world.kernel };
    const keys = () => new KeptKeys(capacity, make(replacements, options.eviction, eviction));
    const freshness = {
      ttl: options.ttl ?? Infinity,
      jitter: 0,
      negativeTtl: 0,
      renewedByUse: false,
      staleFor: 0,
      earlyBeta: null,
      jitters: world.stream(name, "ttl jitter"),
      early: world.stream(name, "early refresh"),
    };
    const runtime = new Cache(world, {
      fleet,
      store: () => new CacheStore(keys(), freshness),
      coalesces: options.coalesce,
      hitRatio: options["hit-ratio"] ?? null,
      random: world.stream(name, "hit"),
      lookup: make(distributions, options.lookup, { random: world.stream(name, "lookup") }),
    });
    const operation = (named: string) => (named === "get" || named === "default" ? 0 : null);
    const { guards = [] } = options;
    hangDoor(world, { owner: name, part: runtime.number, guards, operation });
    return {
      number: runtime.number,
      fleet,
      service: null,
      operation,
      link() {
        const { timeout, retry } = options;
        const call = storeOperation(options.behind);
        runtime.join(findTarget({ call, optional: false, timeout, retry }, "retry", context));
      },
      read: () => ({ ...nothingRead, ...runtime.counts() }),
      resource: null,
      keeps: true,
      waitingTime: null,
      serviceTime: null,
      beginMeasuring: () => {},
    };
  },
});

interface CacheOptions {
  readonly fleet: Fleet;
  /** An empty store for one instance. */
  readonly store: () => CacheStore;
  readonly coalesces: boolean;
  /** Probability of a hit; null where real keys decide. */
  readonly hitRatio: number | null;
  readonly random: Random;
  readonly lookup: { readonly mean: Duration; sample(): Duration };
}

class Cache implements Callee, Caller, FleetObserver {
  readonly number: number;
  private readonly options: CacheOptions;
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly world: World;
  private readonly caller: number;
  private readonly lookupDone: EventKind;
  private target: Target | null = null;
  /** What each instance keeps, by instance id. */
  private readonly stores: CacheStore[] = [];
  /** Instances among which keys are divided. */
  private shards: Instance[] = [];
  /** Calls that wait for a fetch another call makes, by key: the last of a chain through `next`. */
  private readonly waiters = new Map<number, number>();
  private hits = 0;
  private misses = 0;
  private coalesced = 0;

  constructor(world: World, options: CacheOptions) {
    this.world = world;
    this.calls = world.calls;
    this.exchange = world.exchange;
    this.options = options;
    this.number = world.exchange.addCallee(this);
    this.caller = world.exchange.addCaller(this);
    this.lookupDone = world.kernel.on((call) => this.lookedUp(call));
    options.fleet.watch(this);
  }

  join(target: Target): void {
    this.target = target;
  }

  arrive(call: number): void {
    if (this.options.lookup.mean === 0) this.lookedUp(call);
    else this.lookupDone.after(this.options.lookup.sample(), call);
  }

  private lookedUp(call: number): void {
    if (this.has(call)) {
      this.hits++;
      this.exchange.answer(call, OK);
    } else this.miss(call);
  }

  private has(call: number): boolean {
    const { hitRatio, random } = this.options;
    const store = this.storeOf(call);
    if (hitRatio !== null) return store !== null && random.next() < hitRatio;
    const key = this.calls.key(call);
    return store !== null && key !== NONE && store.look(key, this.world.kernel.now) === FRESH;
  }

  private miss(call: number): void {
    const key = this.calls.key(call);
    if (this.options.coalesces && key !== NONE) {
      const last = this.waiters.get(key);
      if (last !== undefined) {
        this.coalesced++;
        this.calls.setNext(call, last);
        this.waiters.set(key, call);
        return;
      }
      this.waiters.set(key, NONE);
    }
    this.misses++;
    this.fetch(call);
  }

  private fetch(call: number): void {
    const { part, operation, policy } = this.target!;
    this.exchange.send(this.exchange.openFor(call, this.caller, part, operation, policy));
  }

  resolved(child: number, outcome: Outcome): void {
    const call = this.calls.parent(child);
    const key = this.calls.key(call);
    if (outcome === OK && key !== NONE && this.options.hitRatio === null) {
      this.storeOf(call)?.keep(key, this.world.kernel.now, false, 0);
    }
    let waiter = this.options.coalesces ? this.takeWaiters(key) : NONE;
    this.exchange.answer(call, outcome);
    while (waiter !== NONE) {
      const next = this.calls.next(waiter);
      this.exchange.answer(waiter, outcome);
      waiter = next;
    }
  }

  /** Those who wait for an item, from now on for an answer: the first of a chain, in the order they came. */
  private takeWaiters(key: number): number {
    let rest = this.waiters.get(key) ?? NONE;
    this.waiters.delete(key);
    let first = NONE;
    while (rest !== NONE) {
      const waiter = rest;
      rest = this.calls.next(waiter);
      this.calls.setNext(waiter, first);
      first = waiter;
    }
    return first;
  }

  resume(): boolean {
    return true;
  }

  /** What the instance of a call's key keeps; null when the instance is down. */
  private storeOf(call: number): CacheStore | null {
    const key = this.calls.key(call);
    const shard = this.shards[key === NONE ? 0 : key % this.shards.length];
    return shard?.serving ? this.stores[shard.id]! : null;
  }

  counts() {
    const evictions = this.stores.reduce((sum, store) => sum + store.evictions, 0);
    const { hits, misses, coalesced } = this;
    return { hits, misses, coalesced, evictions };
  }

  ready(instance: Instance): void {
    this.stores[instance.id] ??= this.options.store();
    if (!this.shards.includes(instance)) this.shards = [...this.shards, instance];
  }

  draining(instance: Instance): void {
    this.options.fleet.drained(instance);
  }

  /** Nothing in memory survives. */
  crashed(instance: Instance): void {
    this.stores[instance.id]!.clear();
  }

  gone(instance: Instance): void {
    this.shards = this.shards.filter((shard) => shard !== instance);
  }
}

function storeOperation(behind: string): string {
  return splitTarget(behind).operation === "default" ? `${behind}.read` : behind;
}

export type CacheSpec = z.output<typeof cache.schema>;
