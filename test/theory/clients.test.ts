/** Clients: private caches against King and renewal arguments, connections against Erlang. */
import { test } from "vitest";
import {
  erlangC,
  lruHitProbabilities,
  mmc,
  ttlFromInsertion,
} from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { average, zipf } from "./cached.ts";
import { exponential } from "./platforms.ts";
import { connectionWait, connectionWaiters, latency, userHits } from "./readings.ts";

const parts = { web: { kind: "service", slots: 10_000, work: exponential(100_000) } };

// Each user's requests are independent draws from one law, however many other users there are.
test("private caches of twenty users hit as often as King says of one", () => {
  const [items, exponent, capacity] = [10, 0.8, 3];
  const popularities = zipf(items, exponent);
  const workload = {
    to: "web",
    users: { count: 20, think: exponential(50) },
    mix: { view: { share: "100 %", keys: { kind: "zipf", items, exponent } } },
    client: { cache: { capacity } },
  };
  const hits = average(popularities, lruHitProbabilities(popularities, capacity));
  const platform = { workloads: { shop: workload }, parts };
  return agree({ ...platform, warmUpSeconds: 2, seconds: 20 }, [[userHits, hits, 0.01]]);
});

// User k comes at a rate in proportion to 1/k and finds each of four items for a time after it came.
test("answers that age are found as often as each user comes back in time", () => {
  const [users, rate, items, ttlSeconds] = [12, 400, 4, 0.2];
  const shares = zipf(users, 1);
  const found = shares.map((each) =>
    ttlFromInsertion({ requestRatePerSecond: (rate * each) / items, ttlSeconds }),
  );
  const workload = {
    to: "web",
    arrivals: { kind: "poisson", rate: `${rate} rps` },
    population: { users, exponent: 1 },
    mix: { view: { share: "100 %", keys: { kind: "uniform", items } } },
    client: { cache: { capacity: items, ttl: `${ttlSeconds} s` } },
  };
  const platform = { workloads: { shop: workload }, parts };
  return agree({ ...platform, warmUpSeconds: 5, seconds: 50 }, [
    [userHits, average(shares, found), 0.01],
  ]);
});

test("four connections of the clients are the four servers of Erlang C", () => {
  const rates = { arrivalRatePerSecond: 320, serviceRatePerSecond: 100, servers: 4 };
  const { waitingSeconds, responseSeconds } = mmc(rates);
  const workload = {
    to: "web",
    arrivals: { kind: "poisson", rate: "320 rps" },
    client: { connections: 4 },
  };
  const web = { kind: "service", slots: 10_000, work: exponential(100) };
  const platform = { workloads: { shop: workload }, parts: { web } };
  return agree({ ...platform, warmUpSeconds: 5, seconds: 100 }, [
    [connectionWaiters, erlangC({ offeredErlang: 3.2, servers: 4 }), 0.03],
    [connectionWait, waitingSeconds, 0.08],
    [latency("mean"), responseSeconds, 0.04],
  ]);
});
