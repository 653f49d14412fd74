/**
 * A cache in front of a store: answers what it has, fetches what it has not.
 *
 *     call -> instance of its key -> there and fresh -> answer
 *                                 '-> miss -> call the part behind -> keep -> answer
 *
 * Keys are spread over the instances, or every instance is a cache of its own. An instance that is
 * down is passed by: its share of the calls goes to the store and is not kept, as a cache client does
 * that cannot reach its server.
 */
import { z } from "zod";
import { make } from "../../schema/definition.ts";
import { choice, count, duration, factor, flag, share, text } from "../../schema/fields.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { CacheStore, type Freshness } from "../cacheStore.ts";
import { BloomFilter } from "../caches/bloomFilter.ts";
import { Cache, DELETE, GET, SET } from "../caches/cache.ts";
import { KeptKeys } from "../caches/keptKeys.ts";
import { shardings } from "../caches/shards.ts";
import { coalescings, coalescingSchema, type CoalescingSpec } from "../coalescings/index.ts";
import { hangDoor } from "../door.ts";
import { fleetSchema, makeFleet } from "../fleetSpec.ts";
import { guardsField } from "../guards/index.ts";
import { policyFields } from "../policy.ts";
import { replacements, replacementSchema } from "../replacements/index.ts";
import { usesStore, writes, writesSchema } from "../writes/index.ts";
import {
  ANY_OPERATION,
  nothingRead,
  part,
  splitTarget,
  type Part,
  type PartContext,
} from "./part.ts";
import { findTarget } from "./serving.ts";

const OPERATIONS: Readonly<Record<string, number>> = {
  get: GET,
  set: SET,
  delete: DELETE,
  read: GET,
  write: SET,
};

export const cache = part({
  kind: "cache",
  summary:
    "Answers what it has kept and fetches the rest from the part behind it; operations get, set, delete (read and write mean get and set).",
  options: {
    fleet: fleetSchema.prefault({}),
    behind: text("Where misses go, as part.operation; the part alone means its operation read."),
    capacity: count("Items one instance can keep.", { min: 1 }).default(10_000),
    eviction: replacementSchema.describe("Which item makes room for a new one.").prefault("lru"),
    sharding: choice(
      "How keys are divided among the instances: by remainder, or on a ketama ring, where few keys move when an instance leaves; with none, each is a whole cache for the calls that come to it, by a balancer or at random.",
      shardings,
    ).default("remainder"),
    fill: choice(
      "Who puts a fetched item into the cache: the cache itself, or the caller with one more look-up (cache-aside).",
      ["cache", "caller"],
    ).default("cache"),
    ttl: duration(
      "How long an item is fresh, counted from its fetch; without it, for ever.",
    ).optional(),
    "ttl-jitter": share(
      "How far the time of one item may be from the ttl, up or down, drawn evenly.",
    ).prefault("0 %"),
    "ttl-from": choice("What the time of an item counts from: its fetch, or its last use.", [
      "fetch",
      "use",
    ]).default("fetch"),
    "negative-ttl": duration(
      "How long the answer is kept that there is no such item (keys from the store's items on); without it, not at all.",
      { min: 1 },
    ).optional(),
    "bloom-filter": z
      .strictObject({
        "bits-per-item": factor("Size of the filter in bits an item.", {
          min: 0.1,
          max: 1000,
        }).prefault(10),
        hashes: count("Hash functions.", { min: 1, max: 64 }).default(7),
      })
      .describe(
        "Stops keys of which there is no item before the store; (1 - e^(-hashes/bits))^hashes of them pass.",
      )
      .optional(),
    coalesce: z
      .union([flag("Let calls that miss the same item share one fetch."), coalescingSchema])
      .meta({
        description:
          "What becomes of calls that miss an item while another fetches it; true means single-flight.",
      })
      .default(false),
    "stale-while-revalidate": duration(
      "How long past its time an item is served while it is fetched again in the background.",
    ).prefault("0 s"),
    "stale-if-error": duration(
      "How long past its time an item is served when fetching it again failed.",
    ).prefault("0 s"),
    "early-refresh": factor(
      "Fetch a fresh item again with probability e^(-left / (this times the duration of its last fetch)) at each use (XFetch; 1 is usual); without it, never.",
      { min: 0.001, max: 1000 },
    ).optional(),
    writes: writesSchema.describe("What a set does.").prefault("aside"),
    "write-to": text(
      "Where writes of the store go, as part.operation; the operation write of the part behind unless given.",
    ).optional(),
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
  operations: () => Object.keys(OPERATIONS),
  usualOperation: "get",
  references(options) {
    const reads = { path: ["behind"], target: readOperation(options.behind) };
    const written = writeOperation(options);
    const path = options["write-to"] === undefined ? ["behind"] : ["write-to"];
    return written === null ? [reads] : [reads, { path, target: written }];
  },
  create(options, context): Part {
    const { behind, timeout, retry, breaker } = options;
    const runtime = makeCache(options as CacheSpec, context);
    const operation = (named: string) =>
      named === ANY_OPERATION ? GET : (OPERATIONS[named] ?? null);
    const { guards = [] } = options;
    hangDoor(context.world, { owner: context.name, part: runtime.number, guards, operation });
    const store = () => context.directory.part(splitTarget(behind).part);
    return {
      number: runtime.number,
      fleet: runtime.fleet,
      service: null,
      operation,
      link() {
        const target = (call: string, purpose: string) =>
          findTarget({ call, optional: false, timeout, retry, breaker }, purpose, context);
        const written = writeOperation(options);
        runtime.join(
          target(readOperation(behind), "retry"),
          written === null ? null : target(written, "retry of writes"),
          store().items?.() ?? Infinity,
        );
      },
      items: () => store().items?.() ?? Infinity,
      lane: () => runtime.lane(),
      read: () => ({ ...nothingRead, ...runtime.counts() }),
      resource: null,
      keeps: true,
      waitingTime: null,
      serviceTime: null,
      beginMeasuring: () => {},
    };
  },
});

export type CacheSpec = z.output<typeof cache.schema>;

function makeCache(options: CacheSpec, context: PartContext): Cache {
  const { world, name } = context;
  const { capacity } = options;
  const eviction = { capacity, random: world.stream(name, "eviction"), clock: world.kernel };
  const keys = () => new KeptKeys(capacity, make(replacements, options.eviction, eviction));
  const freshness = freshnessOf(options, context);
  const coalescing = coalescingOf(options);
  return new Cache(world, {
    fleet: makeFleet(options.fleet, context),
    sharding: options.sharding,
    places: world.stream(name, "instance"),
    store: (keepsExpired) => new CacheStore(keys(), freshness, keepsExpired),
    coalescing: (of) => (coalescing === null ? null : make(coalescings, coalescing, of)),
    writes: (of) => make(writes, options.writes, of),
    hitRatio: options["hit-ratio"] ?? null,
    hits: world.stream(name, "hit"),
    lookup: make(distributions, options.lookup, { random: world.stream(name, "lookup") }),
    filledByCaller: options.fill === "caller",
    staleWhileRevalidate: options["stale-while-revalidate"],
    staleIfError: options["stale-if-error"],
    filter: filterOf(options, context),
  });
}

function freshnessOf(options: CacheSpec, { world, name }: PartContext): Freshness {
  return {
    ttl: options.ttl ?? Infinity,
    jitter: options["ttl-jitter"],
    negativeTtl: options["negative-ttl"] ?? 0,
    renewedByUse: options["ttl-from"] === "use",
    staleFor: Math.max(options["stale-while-revalidate"], options["stale-if-error"]),
    earlyBeta: options["early-refresh"] ?? null,
    jitters: world.stream(name, "ttl jitter"),
    early: world.stream(name, "early refresh"),
  };
}

function coalescingOf({ coalesce }: CacheSpec): CoalescingSpec | null {
  return coalesce === true ? { kind: "single-flight" } : coalesce === false ? null : coalesce;
}

function filterOf(options: CacheSpec, { world, name }: PartContext): BloomFilter | null {
  const filter = options["bloom-filter"];
  if (filter === undefined) return null;
  const { hashes, "bits-per-item": bitsPerItem } = filter;
  return new BloomFilter(
    { bitsPerItem, hashes },
    world.stream(name, "bloom filter").below(2 ** 32),
  );
}

function readOperation(behind: string): string {
  return splitTarget(behind).operation === ANY_OPERATION ? `${behind}.read` : behind;
}

/** The operation for writes of the store; null for a way of writing that leaves the store alone. */
function writeOperation(options: WrittenTo): string | null {
  if (!usesStore(options.writes)) return null;
  const to = options["write-to"] ?? splitTarget(options.behind).part;
  return splitTarget(to).operation === ANY_OPERATION ? `${to}.write` : to;
}

type WrittenTo = Pick<CacheSpec, "writes" | "write-to" | "behind">;
