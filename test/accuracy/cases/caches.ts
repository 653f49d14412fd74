/** Caches under independent requests. */
import {
  cheFifo,
  cheLru,
  fifoHitProbabilities,
  lruHitProbabilities,
  mm1,
  ttlCoalesced,
  ttlFromInsertion,
  ttlFromLastUse,
} from "../../../src/statistics/theory/index.ts";
import { average, cached, REQUESTS_PER_SECOND, zipf } from "../../theory/cached.ts";
import { exponential } from "../../theory/platforms.ts";
import { secondsFor, type Family, type Simulated } from "../case.ts";
import { classOf, coalesced, hitRatio, latency, reading, throughput } from "../readings.ts";

const KING = "W. F. King, IFIP Congress (1971)";
const GELENBE = "E. Gelenbe, IEEE Transactions on Computers C-22 (1973)";
const CHE = "H. Che, Y. Tung, Z. Wang, IEEE JSAC 20(7), 2002";
const MARTINA = "V. Martina, M. Garetto, E. Leonardi, IEEE INFOCOM (2014)";

interface Small {
  readonly eviction: string;
  readonly items: number;
  readonly exponent: number;
  readonly capacity: number;
}

function small({ eviction, items, exponent, capacity }: Small): Simulated {
  const popularities = zipf(items, exponent);
  const law = eviction === "lru" ? lruHitProbabilities : fifoHitProbabilities;
  return {
    id: `cache-${eviction}-${items}-${capacity}`,
    what: `A cache of ${capacity} among ${items} items of exponent ${exponent}, eviction ${eviction}`,
    source: eviction === "lru" ? KING : GELENBE,
    platform: cached({ keys: { kind: "zipf", items, exponent }, cache: { capacity, eviction } }),
    warmUpSeconds: 1,
    seconds: secondsFor(1e6, REQUESTS_PER_SECOND),
    claims: [[hitRatio("cache"), average(popularities, law(popularities, capacity))]],
  };
}

/** Who misses waits a microsecond for the store, so the mean time of a class is its miss ratio. */
function itemByItem(eviction: string): Simulated {
  const [items, capacity] = [10, 4];
  const popularities = zipf(items, 0.8);
  const law = eviction === "lru" ? lruHitProbabilities : fifoHitProbabilities;
  const hits = law(popularities, capacity);
  const named = [0, 1, 2];
  const only = (kept: (item: number) => boolean) => ({
    kind: "empirical",
    weights: popularities.map((popularity, item) => (kept(item) ? popularity : 0)),
  });
  const shares = named.map((item) => popularities[item]!);
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  const classed = (share: number, keys: object) => ({ share: `${100 * share} %`, operation: "get", keys }); // prettier-ignore
  return {
    id: `cache-${eviction}-item-by-item`,
    what: `Hit ratios of the three most popular of ten items, eviction ${eviction}`,
    source: eviction === "lru" ? KING : GELENBE,
    platform: {
      workloads: {
        requests: {
          to: "cache",
          arrivals: { kind: "poisson", rate: "1/s" },
          mix: {
            ...Object.fromEntries(
              named.map((item) => [
                `item-${item + 1}`,
                classed(
                  shares[item]!,
                  only((other) => other === item),
                ),
              ]),
            ),
            rest: classed(
              rest,
              only((item) => item >= named.length),
            ),
          },
        },
      },
      parts: {
        cache: { kind: "cache", behind: "store", capacity, eviction },
        store: { kind: "database", slots: 1000, read: "1 us" },
      },
    },
    warmUpSeconds: 1000,
    seconds: secondsFor(1e6, 1),
    claims: named.map((item) => [
      reading(`hit ratio of item ${item + 1}`, (result) => {
        return 1 - classOf(result, `item-${item + 1}`).latency.mean! / 1e-6;
      }),
      hits[item]!,
    ]),
  };
}

function large(
  eviction: string,
  items: number,
  exponent: number,
  capacity: number,
  by: number,
): Simulated {
  const popularities = zipf(items, exponent);
  const law = eviction === "lru" ? cheLru : cheFifo;
  return {
    id: `cache-che-${eviction}-${items}-${capacity}`,
    what: `A cache of ${capacity} among ${items} items of exponent ${exponent}, eviction ${eviction}`,
    source: `${eviction === "lru" ? CHE : MARTINA}: an approximation; beside it a simulation by others`,
    platform: cached({ keys: { kind: "zipf", items, exponent }, cache: { capacity, eviction } }),
    warmUpSeconds: 40,
    seconds: secondsFor(4e6, REQUESTS_PER_SECOND),
    claims: [
      [hitRatio("cache"), average(popularities, law(popularities, capacity)), 0.001],
      [hitRatio("cache"), by, 0.0005],
    ],
  };
}

/** All but the least of its places hold the most popular items, the last what else was asked for last. */
function leastFrequent(): Simulated {
  const [items, exponent, capacity] = [10, 1.5, 4];
  const popularities = zipf(items, exponent);
  const rest = popularities.slice(capacity - 1);
  const ofRest = rest.reduce((sum, popularity) => sum + popularity, 0);
  const again = rest.reduce((sum, popularity) => sum + popularity * (popularity / ofRest), 0);
  const cache = { capacity, eviction: { kind: "lfu", history: true } };
  return {
    id: "cache-lfu-10-4",
    what: "A cache of 4 among 10 items that never forgets how often each was asked for",
    source: "its limit, worked by hand: every miss is let in",
    platform: cached({ keys: { kind: "zipf", items, exponent }, cache }),
    warmUpSeconds: 100,
    seconds: secondsFor(1e6, REQUESTS_PER_SECOND),
    claims: [[hitRatio("cache"), 1 - ofRest + again]],
  };
}

/** The limit without the last place lies a little below the sum of the first hundred. */
function leastFrequentLarge(): Simulated {
  const [items, exponent, capacity] = [1000, 0.9, 100];
  const hits = zipf(items, exponent)
    .slice(0, capacity)
    .reduce((sum, share) => sum + share, 0);
  const cache = { capacity, eviction: { kind: "lfu", history: true } };
  return {
    id: "cache-lfu-1000-100",
    long: true,
    what: "A cache of 100 among 1000 items that never forgets how often each was asked for",
    source:
      "A. V. Aho, P. J. Denning, J. D. Ullman, JACM 18 (1971): the best there is, approached slowly",
    platform: cached({ keys: { kind: "zipf", items, exponent }, cache }),
    warmUpSeconds: 1000,
    seconds: 100,
    replications: 10,
    claims: [[hitRatio("cache"), hits, 0.008]],
  };
}

interface Aged {
  readonly items: number;
  readonly exponent: number;
  readonly rate: number;
  readonly ttl: number;
  readonly from: "fetch" | "use";
}

function aged({ items, exponent, rate, ttl, from }: Aged): Simulated {
  const popularities = zipf(items, exponent);
  const law = from === "fetch" ? ttlFromInsertion : ttlFromLastUse;
  const hits = popularities.map((popularity) =>
    law({ requestRatePerSecond: popularity * rate, ttlSeconds: ttl }),
  );
  const keys = { kind: "zipf", items, exponent };
  return {
    id: `cache-ttl-${from}-${items}`,
    what: `A cache that forgets by age alone, ${ttl} s from the last ${from}`,
    source: "J. Jung, A. W. Berger, H. Balakrishnan, IEEE INFOCOM (2003)",
    platform: {
      ...cached({ keys, cache: { capacity: items, ttl: `${ttl} s`, "ttl-from": from } }),
      workloads: {
        requests: {
          to: "cache",
          arrivals: { kind: "poisson", rate: `${rate}/s` },
          mix: { get: { share: "100 %", keys } },
        },
      },
    },
    warmUpSeconds: 200,
    seconds: secondsFor(1e6, rate),
    claims: [[hitRatio("cache"), average(popularities, hits)]],
  };
}

function together(): Simulated {
  const popularities = zipf(100, 0.8);
  const items = popularities.map((popularity) =>
    ttlCoalesced({
      requestRatePerSecond: popularity * REQUESTS_PER_SECOND,
      ttlSeconds: 0.1,
      fetchSeconds: 0.02,
    }),
  );
  const hits = items.map(({ hit }) => hit);
  const shared = items.map((item) => item.coalesced);
  return {
    id: "cache-single-flight",
    what: "A cache whose misses of one item share a fetch",
    source: "the same renewal, with a cycle of fetch and life",
    platform: cached({
      keys: { kind: "zipf", items: 100, exponent: 0.8 },
      cache: { capacity: 100, ttl: "100 ms", coalesce: true },
      read: "20 ms",
    }),
    warmUpSeconds: 2,
    seconds: secondsFor(1e6, REQUESTS_PER_SECOND),
    claims: [
      [hitRatio("cache"), average(popularities, hits)],
      [coalesced("cache"), average(popularities, shared)],
    ],
  };
}

function byLot(): Simulated {
  const [missed, lookup, mu] = [0.1, 0.001, 125];
  const arrivalRatePerSecond = missed * REQUESTS_PER_SECOND;
  const theory = mm1({ arrivalRatePerSecond, serviceRatePerSecond: mu });
  const latencyAt = (p: number) => lookup + theory.responseSecondsAt(1 - (1 - p) / missed);
  return {
    id: "cache-by-lot",
    what: "A cache that hits nine times in ten leaves an M/M/1 queue to the store",
    source: "L. Kleinrock, Queueing Systems I (1975), section 2.5",
    platform: cached({
      cache: { "hit-ratio": "90 %", lookup: "1 ms" },
      read: exponential(mu),
      slots: 1,
    }),
    warmUpSeconds: 20,
    seconds: secondsFor(1e7, REQUESTS_PER_SECOND),
    claims: [
      [latency("mean"), lookup + missed * theory.responseSeconds],
      [throughput("store"), arrivalRatePerSecond],
      [latency("p99"), latencyAt(0.99)],
      [latency("p99.9"), latencyAt(0.999)],
    ],
  };
}

export const caches: readonly Family[] = [
  {
    name: "Caches",
    cases: [
      small({ eviction: "lru", items: 10, exponent: 0.8, capacity: 4 }),
      small({ eviction: "lru", items: 12, exponent: 1.1, capacity: 3 }),
      small({ eviction: "fifo", items: 10, exponent: 0.8, capacity: 4 }),
      small({ eviction: "fifo", items: 12, exponent: 1.1, capacity: 5 }),
      small({ eviction: "random", items: 12, exponent: 1.1, capacity: 5 }),
      itemByItem("lru"),
      itemByItem("fifo"),
      large("lru", 10_000, 0.8, 1000, 0.4366066),
      large("fifo", 10_000, 0.8, 1000, 0.3942033),
      large("random", 20_000, 0.9, 800, 0.4044972),
      leastFrequent(),
      leastFrequentLarge(),
      aged({ items: 100, exponent: 0.8, rate: 20, ttl: 5, from: "fetch" }),
      aged({ items: 100, exponent: 0.8, rate: 20, ttl: 5, from: "use" }),
      aged({ items: 50, exponent: 1.1, rate: 7, ttl: 3.5, from: "fetch" }),
      together(),
      byLot(),
    ],
  },
];
