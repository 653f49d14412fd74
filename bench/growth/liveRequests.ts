/**
 * A whole model with many live requests: endless slots, long work, and a time-out for each request
 * that is scheduled and cancelled, so that there are twice as many pending events.
 */
import { steady, written, type Steady } from "./steady.ts";
import type { Curve } from "./curve.ts";

const REQUESTS_PER_SECOND = 1000;
const SERVERS = 8;

export const liveRequests: Curve = {
  title: "live requests, whole model with a time-out each",
  unit: "ns per event",
  sizes: [1e2, 1e3, 1e4, 1e5, 1e6],
  bound: { size: 1e6, against: 1e3, ratio: 6 },
  measure(size, quick) {
    const { cpu, arrived, answered } = withLive(Number(size), { atLeast: quick ? 2e4 : 5e5 });
    return cpu / (arrived + answered);
  },
};

export const liveComputed: Curve = {
  ...liveRequests,
  title: "live requests, computed without events",
  measure(size, quick) {
    const atLeast = quick ? 2e4 : 5e5;
    const { cpu, arrived, answered } = withLive(Number(size), { atLeast, engine: "auto" });
    return cpu / (arrived + answered);
  },
};

/** A queue that only grows, to so many calls: the load is twice what can be borne. */
export const longQueue: Curve = {
  title: "calls in the queue of an overloaded part, computed without events",
  unit: "ns per event",
  sizes: [3e4, 1e5, 3e5, 1e6],
  bound: { size: 1e6, against: 3e4, ratio: 6 },
  measure(size) {
    const clients = {
      to: "till",
      arrivals: { kind: "poisson", rate: `${REQUESTS_PER_SECOND} rps` },
    };
    const work = { kind: "exponential", mean: `${(2 * SERVERS) / REQUESTS_PER_SECOND} s` };
    const till = { kind: "service", fleet: { instances: SERVERS }, slots: 1, work };
    const seconds = (2 * Number(size)) / REQUESTS_PER_SECOND;
    const scenario = written(
      seconds,
      { workloads: { clients }, parts: { till } },
      { engine: "auto", windows: 10 },
    );
    const { cpu, arrived, answered } = steady(scenario, 70);
    return cpu / (arrived + answered);
  },
};

interface How {
  /** Requests that come at least, however few are live. */
  readonly atLeast?: number;
  readonly engine?: string;
  /** Called once, when all are there. */
  readonly onFull?: () => void;
}

/** Work is uniform up to twice its mean, so after two means of three the model is in steady state. */
export function withLive(
  live: number,
  { atLeast = 0, engine = "events", onFull }: How = {},
): Steady {
  const mean = live / REQUESTS_PER_SECOND;
  const seconds = Math.max(3 * mean, atLeast / REQUESTS_PER_SECOND);
  const rest = {
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
  };
  return steady(written(seconds, rest, { engine }), 67, onFull);
}
