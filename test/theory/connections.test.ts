/** A pool of connections is the c of M/M/c: the simulator against Erlang, and against impatience. */
import { test } from "vitest";
import { mmc } from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { exponential, source } from "./platforms.ts";
import { arrivalRate, failed, latency, queueLength, utilisation, waiting } from "./readings.ts";

const serviceRatePerSecond = 100;

/** Clients, a web tier that only asks, and a store with room for everybody. */
const shop = (ratePerSecond: number, pool: object) => ({
  workloads: source("web", ratePerSecond),
  parts: {
    web: { kind: "service", slots: 10_000, operations: { default: [{ call: "pool" }] } },
    pool: { kind: "connection-pool", to: "store", ...pool },
    store: { kind: "service", slots: 10_000, work: exponential(serviceRatePerSecond) },
  },
});

test("four connections at 80 % make calls wait as Erlang C says of four servers", () => {
  const rates = { arrivalRatePerSecond: 320, serviceRatePerSecond, servers: 4 };
  const theory = mmc(rates);
  const platform = shop(320, { connections: 4, "wait-timeout": "1 h" });
  return agree({ ...platform, warmUpSeconds: 5, seconds: 150 }, [
    [utilisation("pool"), theory.utilisation],
    [latency("mean"), theory.responseSeconds, 0.03],
    [waiting("pool", "mean"), theory.waitingSeconds, 0.06],
    [waiting("pool", "p90"), theory.waitingSecondsAt(0.9), 0.06],
    [queueLength("pool"), theory.queueLength, 0.06],
  ]);
});

// D. Y. Barrer, Operations Research 5 (1957): below the patience d the time until a newcomer would
// get the connection has the density P0 λ e^((λ-μ)x), above it falls off as e^(-μ(x-d)); whoever
// finds more than d leaves. At λ = μ: P0 (1 + λd + 1) = 1, and P0 of all calls leave.
test("a saturated connection turns away whom it cannot serve in time, as Barrer says", () => {
  const patience = 0.03;
  const lost = 1 / (2 + serviceRatePerSecond * patience);
  const platform = shop(serviceRatePerSecond, { connections: 1, "wait-timeout": "30 ms" });
  return agree({ ...platform, warmUpSeconds: 5, seconds: 200 }, [
    [failed("error"), lost, 0.03],
    [utilisation("pool"), 1 - lost],
    [arrivalRate("store"), serviceRatePerSecond * (1 - lost)],
  ]);
});
