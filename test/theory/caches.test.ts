/** Caches: the simulator against King's exact LRU, Che's approximation and renewal arguments. */
import { test } from "vitest";
import {
  cheFifo,
  cheLru,
  fifoHitProbabilities,
  lruHitProbabilities,
  mm1,
  ttlCoalesced,
  ttlFromInsertion,
  ttlFromLastUse,
} from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { exponential } from "./platforms.ts";
import { average, cached, REQUESTS_PER_SECOND, zipf } from "./cached.ts";
import { arrivalRate, coalesced, hitRatio, latency, throughput } from "./readings.ts";

// W. F. King, IFIP Congress (1971): every content of the cache has a known probability.
test.each([
  { items: 10, exponent: 0.8, capacity: 4 },
  { items: 12, exponent: 1.1, capacity: 3 },
  { items: 7, exponent: 0.5, capacity: 2 },
])(
  "an LRU cache of $capacity among $items items of exponent $exponent hits as often as King says",
  ({ items, exponent, capacity }) => {
    const popularities = zipf(items, exponent);
    const hits = average(popularities, lruHitProbabilities(popularities, capacity));
    const platform = cached({ keys: { kind: "zipf", items, exponent }, cache: { capacity } });
    return agree({ ...platform, warmUpSeconds: 1, seconds: 16 }, [[hitRatio("cache"), hits, 0.01]]);
  },
);

// E. Gelenbe, IEEE Transactions on Computers C-22 (1973): the two hit equally often.
test.each([
  { eviction: "fifo", items: 10, exponent: 0.8, capacity: 4 },
  { eviction: "random", items: 7, exponent: 1.5, capacity: 2 },
  // One candidate, drawn and evicted at once, is random replacement.
  {
    eviction: { kind: "sampled-lru", samples: 1, pool: 1 },
    items: 10,
    exponent: 0.8,
    capacity: 4,
  },
])(
  "eviction $eviction: a cache of $capacity among $items items of exponent $exponent hits as often as Gelenbe says",
  ({ eviction, items, exponent, capacity }) => {
    const popularities = zipf(items, exponent);
    const hits = average(popularities, fifoHitProbabilities(popularities, capacity));
    const keys = { kind: "zipf", items, exponent };
    const platform = cached({ keys, cache: { capacity, eviction } });
    return agree({ ...platform, warmUpSeconds: 1, seconds: 12 }, [[hitRatio("cache"), hits, 0.01]]);
  },
);

// In the long run all but the least of its places hold the most popular items. The last place holds
// whatever else was asked for last: of the rest, item i with probability p(i) / p(rest).
test("a least frequently used cache with history hits as often as its limit says", () => {
  const [items, exponent, capacity] = [10, 1.5, 4];
  const popularities = zipf(items, exponent);
  const rest = popularities.slice(capacity - 1);
  const ofRest = rest.reduce((sum, popularity) => sum + popularity, 0);
  const again = rest.reduce((sum, popularity) => sum + popularity * (popularity / ofRest), 0);
  const keys = { kind: "zipf", items, exponent };
  const platform = cached({ keys, cache: { capacity, eviction: { kind: "lfu", history: true } } });
  return agree({ ...platform, warmUpSeconds: 20, seconds: 8, replications: 16 }, [
    [hitRatio("cache"), 1 - ofRest + again, 0.01],
  ]);
});

// V. Martina, M. Garetto, E. Leonardi, IEEE INFOCOM (2014).
test("a random cache of 1000 among 10,000 Zipf items hits as often as Che's approximation says", () => {
  const popularities = zipf(10_000, 0.8);
  const hits = average(popularities, cheFifo(popularities, 1000));
  const keys = { kind: "zipf", items: 10_000, exponent: 0.8 };
  const platform = cached({ keys, cache: { capacity: 1000, eviction: "random" } });
  return agree({ ...platform, warmUpSeconds: 20, seconds: 20, replications: 10 }, [
    [hitRatio("cache"), hits, 0.01],
  ]);
});

// Keys are divided by remainder: each instance is a smaller LRU cache of its own keys.
test("two cache instances hit as often as two separate LRU caches of every other item", () => {
  const popularities = zipf(12, 0.9);
  const shards = [0, 1].map((shard) => popularities.filter((_, item) => item % 2 === shard));
  const hits = shards.map((shard) => {
    const weight = shard.reduce((sum, popularity) => sum + popularity, 0);
    const own = shard.map((popularity) => popularity / weight);
    return weight * average(own, lruHitProbabilities(own, 3));
  });
  const platform = cached({
    keys: { kind: "zipf", items: 12, exponent: 0.9 },
    cache: { capacity: 3, fleet: { instances: 2 } },
  });
  return agree({ ...platform, warmUpSeconds: 1, seconds: 5 }, [
    [hitRatio("cache"), hits[0]! + hits[1]!, 0.01],
  ]);
});

// H. Che, Y. Tung, Z. Wang, IEEE JSAC 20(7), 2002: off by far less than a percent at this size.
test("an LRU cache of 1000 among 10,000 Zipf items hits as often as Che says", () => {
  const popularities = zipf(10_000, 0.8);
  const hits = average(popularities, cheLru(popularities, 1000));
  const platform = cached({
    keys: { kind: "zipf", items: 10_000, exponent: 0.8 },
    cache: { capacity: 1000 },
  });
  return agree({ ...platform, warmUpSeconds: 40, seconds: 18, replications: 16 }, [
    [hitRatio("cache"), hits, 0.01],
  ]);
});

// Each item on its own: a miss, then hits until it expires (Jung, Berger, Balakrishnan, INFOCOM 2003).
test("a cache that forgets by age alone hits as often as renewal says", () => {
  const popularities = zipf(100, 0.8);
  const rates = popularities.map((popularity) => popularity * REQUESTS_PER_SECOND);
  const hits = rates.map((requestRatePerSecond) =>
    ttlFromInsertion({ requestRatePerSecond, ttlSeconds: 0.1 }),
  );
  const platform = cached({
    keys: { kind: "zipf", items: 100, exponent: 0.8 },
    cache: { capacity: 100, ttl: "100 ms" },
  });
  return agree({ ...platform, warmUpSeconds: 1, seconds: 4 }, [
    [hitRatio("cache"), average(popularities, hits), 0.01],
  ]);
});

test("a cache whose items live from their last use hits as often as renewal says", () => {
  const popularities = zipf(100, 0.8);
  const hits = popularities.map((popularity) =>
    ttlFromLastUse({ requestRatePerSecond: popularity * REQUESTS_PER_SECOND, ttlSeconds: 0.1 }),
  );
  const platform = cached({
    keys: { kind: "zipf", items: 100, exponent: 0.8 },
    cache: { capacity: 100, ttl: "100 ms", "ttl-from": "use" },
  });
  return agree({ ...platform, warmUpSeconds: 1, seconds: 4, replications: 16 }, [
    [hitRatio("cache"), average(popularities, hits), 0.01],
  ]);
});

// The same renewal with a cycle of fetch and life: who asks during the fetch shares it.
test("a cache that coalesces misses hits and waits as often as renewal says", () => {
  const popularities = zipf(100, 0.8);
  const items = popularities.map((popularity) =>
    ttlCoalesced({
      requestRatePerSecond: popularity * REQUESTS_PER_SECOND,
      ttlSeconds: 0.1,
      fetchSeconds: 0.02,
    }),
  );
  const hits = average(
    popularities,
    items.map(({ hit }) => hit),
  );
  const waits = average(
    popularities,
    items.map((item) => item.coalesced),
  );
  const platform = cached({
    keys: { kind: "zipf", items: 100, exponent: 0.8 },
    cache: { capacity: 100, ttl: "100 ms", coalesce: true },
    read: "20 ms",
  });
  return agree({ ...platform, warmUpSeconds: 1, seconds: 12 }, [
    [hitRatio("cache"), hits, 0.01],
    [coalesced("cache"), waits],
    [throughput("store"), REQUESTS_PER_SECOND * (1 - hits - waits), 0.01],
  ]);
});

// Every call of the half second in which it is rebuilt misses, 1 + 1000/s · 0.5 s = 501 of them. The
// last comes back half a second after the first, and the item lives from then: a cycle of 4 s + 1 s.
test("an expired item of 1000 requests a second, rebuilt in half a second, is fetched 501 times", () => {
  const platform = cached({
    keys: { kind: "uniform", items: 1 },
    cache: { ttl: "4 s" },
    read: "500 ms",
  });
  return agree({ ...platform, warmUpSeconds: 3, seconds: 25, replications: 10 }, [
    [arrivalRate("store"), 501 / 5, 0.05],
  ]);
});

// Misses by lot of a Poisson stream are Poisson (Kleinrock, Queueing Systems I, 1975, section 2.5).
test("a cache that hits by lot leaves an M/M/1 queue to the store behind it", () => {
  const [missed, lookupSeconds, serviceRatePerSecond] = [0.2, 0.001, 500];
  const arrivalRatePerSecond = missed * REQUESTS_PER_SECOND;
  const theory = mm1({ arrivalRatePerSecond, serviceRatePerSecond });
  const platform = cached({
    cache: { "hit-ratio": "80 %", lookup: "1 ms" },
    read: exponential(serviceRatePerSecond),
    slots: 1,
  });
  // Beyond the look-up only misses wait: P(latency > t) = 0.2 P(response > t - 1 ms).
  const latencyAt = (p: number) => lookupSeconds + theory.responseSecondsAt(1 - (1 - p) / missed);
  return agree({ ...platform, warmUpSeconds: 1, seconds: 27 }, [
    [hitRatio("cache"), 1 - missed],
    [throughput("store"), arrivalRatePerSecond],
    [latency("mean"), lookupSeconds + missed * theory.responseSeconds],
    [latency("p50"), lookupSeconds],
    [latency("p90"), latencyAt(0.9)],
    [latency("p99"), latencyAt(0.99), 0.03],
  ]);
});
