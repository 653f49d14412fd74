/**
 * A whole model with many live requests: endless slots, long work, and a time-out for each request
 * that is scheduled and cancelled, so that there are twice as many pending events.
 */
import { steady, written, type Steady } from "./steady.ts";
import type { Curve } from "./curve.ts";

const REQUESTS_PER_SECOND = 1000;

export const liveRequests: Curve = {
  title: "live requests, whole model with a time-out each",
  unit: "ns per event",
  sizes: [1e2, 1e3, 1e4, 1e5, 1e6],
  bound: { size: 1e6, against: 1e3, ratio: 6 },
  measure(size, quick) {
    const { cpu, arrived, answered } = withLive(Number(size), quick ? 2e4 : 5e5);
    return cpu / (arrived + answered);
  },
};

/** Work is uniform up to twice its mean, so after two means of three the model is in steady state. */
export function withLive(live: number, requestsAtLeast = 0, onFull: () => void = () => {}): Steady {
  const mean = live / REQUESTS_PER_SECOND;
  const seconds = Math.max(3 * mean, requestsAtLeast / REQUESTS_PER_SECOND);
  const scenario = written(seconds, {
    workloads: {
      clients: {
        to: "pool",
        arrivals: { kind: "poisson", rate: `${REQUESTS_PER_SECOND} rps` },
        client: { timeout: `${10 * mean} s` },
      },
    },
    parts: {
      pool: {
        kind: "service",
        // Four times as many as are needed on average, so nobody waits.
        fleet: { instances: 4 },
        slots: live,
        work: { kind: "uniform", from: "0 s", to: `${2 * mean} s` },
      },
    },
  });
  return steady(scenario, 67, onFull);
}
