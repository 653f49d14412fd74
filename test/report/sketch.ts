/**
 * The hour behind the sample result, in plain arithmetic: how many shoppers came, how many instances
 * answered, and from those two every series, count, event and price.
 */
import type { Latency } from "../../src/experiment/result.ts";

export const WINDOW = 10;
export const DURATION = 2400;
const SPIKE = 1200;
const CRASH = { from: 1680, until: 1800 };

export const classNames = ["browse", "search", "checkout"] as const;
export const classShare = { browse: 0.8, search: 0.12, checkout: 0.08 };
export const classPace = { browse: 1, search: 1.6, checkout: 3.1 };

interface PartSketch {
  readonly kind: string;
  readonly type: string;
  readonly price: number;
  readonly callsPerRequest: number;
  /** Calls one ready instance completes each second; null where nobody can say. */
  readonly pace: number | null;
  readonly slots: boolean;
}

export const parts: Record<string, PartSketch> = {
  edge: {
    kind: "load-balancer",
    type: "c7g.large",
    price: 0.0725,
    callsPerRequest: 1,
    pace: null,
    slots: false,
  },
  web: {
    kind: "service",
    type: "c7g.xlarge",
    price: 0.145,
    callsPerRequest: 1,
    pace: 340,
    slots: true,
  },
  catalogue: {
    kind: "cache",
    type: "cache.r7g.large",
    price: 0.219,
    callsPerRequest: 0.88,
    pace: 12000,
    slots: true,
  },
  stock: {
    kind: "database",
    type: "db.r6g.2xlarge",
    price: 1.038,
    callsPerRequest: 0.24,
    pace: 3100,
    slots: true,
  },
};

/** Requests born each second. */
function demand(at: number): number {
  const wobble = 1 + ((((at / WINDOW) * 37) % 61) - 30) / 1200;
  if (at < SPIKE) return (800 + (400 * at) / SPIKE) * wobble;
  if (at < SPIKE + 20) return (1200 + (22800 * (at - SPIKE + 10)) / 30) * wobble;
  if (at < 1320) return (24000 - (2000 * (at - SPIKE - 20)) / 100) * wobble;
  return (22000 - (17000 * (at - 1320)) / 1080) * wobble;
}

/** Ready instances of web: the autoscaler doubles them while the spike lasts, a crash takes two. */
function webReady(at: number): number {
  const grown =
    at < 1280 ? 12 : at < 1340 ? 24 : at < 1400 ? 46 : at < 1460 ? 64 : at < 2160 ? 80 : 52;
  return at >= CRASH.from && at < CRASH.until ? grown - 8 : grown;
}

const capacity = (at: number) => webReady(at) * 340;
const served = (at: number) => Math.min(demand(at), capacity(at));
const pressure = (at: number) => demand(at) / capacity(at);

function causesAt(at: number): Record<string, number> {
  const excess = demand(at) - served(at);
  const crashed = at >= CRASH.from && at < CRASH.from + 10 ? 180 : 0;
  return { dropped: excess * 0.7, "timed-out": excess * 0.3, lost: crashed };
}

export function windowsOf(start: number[], share: number, pace: number) {
  const p50 = (at: number) => {
    const load = Math.min(pressure(at), 0.985);
    return (0.011 * pace) / (1 - load * load);
  };
  const upTo = (factor: number) => start.map((at) => Math.min(3, p50(at) * factor));
  return {
    arrivals: start.map((at) => demand(at) * share),
    goodput: start.map((at) => (served(at) - (causesAt(at)["lost"] ?? 0)) * share),
    failed: Object.fromEntries(
      ["dropped", "timed-out", "lost"].map((cause) => [
        cause,
        start.map((at) => (causesAt(at)[cause] ?? 0) * share),
      ]),
    ),
    attempts: start.map((at) => (demand(at) * 1.02 + causesAt(at)["dropped"]! * 0.4) * share),
    inFlight: start.map((at) => demand(at) * share * 0.02),
    mean: upTo(1.3),
    p50: upTo(1),
    p90: upTo(2.4),
    p95: upTo(3),
    p99: upTo(6.1),
    "p99.9": upTo(9.7),
    max: upTo(18),
  };
}

export function tally(name: (typeof classNames)[number], start: number[]) {
  const measured = start.filter((at) => at >= 180);
  const failed: Record<string, number> = {};
  for (const at of measured)
    for (const [cause, rate] of Object.entries(causesAt(at)))
      failed[cause] =
        (failed[cause] ?? 0) + Math.floor(rate * classShare[name] * WINDOW * classPace[name] * 0.4);
  const generated = sum(measured.map((at) => Math.floor(demand(at) * classShare[name] * WINDOW)));
  const inFlight = 8;
  return {
    generated,
    succeeded: generated - sum(Object.values(failed)) - inFlight,
    failed,
    inFlight,
    attempts: Math.floor(generated * 1.04),
  };
}

export function together(
  left: ReturnType<typeof tally>,
  right: ReturnType<typeof tally>,
): ReturnType<typeof tally> {
  const failed = { ...left.failed };
  for (const [cause, times] of Object.entries(right.failed))
    failed[cause] = (failed[cause] ?? 0) + times;
  return {
    generated: left.generated + right.generated,
    succeeded: left.succeeded + right.succeeded,
    failed,
    inFlight: left.inFlight + right.inFlight,
    attempts: left.attempts + right.attempts,
  };
}

export function latencies(scale: number, count: number): Latency {
  const at = (factor: number) => Math.min(3, scale * factor);
  return {
    count,
    mean: at(1.9),
    p50: at(1),
    p90: at(3.1),
    p95: at(5.4),
    p99: at(12.4),
    "p99.9": at(38),
    "p99.99": at(51),
    max: 3,
  };
}

/** The tail of those latencies: what is ten times as rare takes three times as long. */
export function tails(scale: number) {
  const oneIn = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
  return { oneIn, latency: oneIn.map((rarity) => Math.min(3, scale * Math.sqrt(rarity))) };
}

/** A hundred requests a window: most of them below 20 ms, while the spike lasts most above. */
export function spreadSketch(start: number[]) {
  const hot = (at: number) => at >= SPIKE && at < 1400;
  const rows = [
    start.map((at) => (hot(at) ? 5 : 70)),
    start.map((at) => (hot(at) ? 15 : 29)),
    start.map((at) => (hot(at) ? 60 : 1)),
    start.map((at) => (hot(at) ? 20 : 0)),
  ];
  return { bounds: [0.01, 0.02, 0.1, 0.5, 3], counts: rows };
}

function instancesOf(name: string, at: number): Record<string, number> {
  if (name !== "web") return { ready: name === "stock" ? 3 : 4 };
  const starting = at >= SPIKE + 20 && at < 1460 ? webReady(at + 60) - webReady(at) : 0;
  const crashed = at >= CRASH.from && at < CRASH.until ? 8 : 0;
  const draining = at >= 2160 && at < 2200 ? 28 : 0;
  return {
    provisioning: Math.floor(starting / 2),
    starting: starting - Math.floor(starting / 2),
    ready: webReady(at),
    draining,
    crashed,
  };
}

export function partWindows(name: string, part: PartSketch, start: number[]) {
  const states = [...new Set(start.flatMap((at) => Object.keys(instancesOf(name, at))))];
  const instances = Object.fromEntries(
    states.map((state) => [state, start.map((at) => instancesOf(name, at)[state] ?? 0)]),
  );
  const most = (at: number) =>
    part.pace === null ? null : (instancesOf(name, at)["ready"] ?? 0) * part.pace;
  const calls = (at: number) => demand(at) * part.callsPerRequest;
  const load = (at: number) => Math.min(1, calls(at) / (most(at) ?? Infinity));
  const queue = (at: number) =>
    load(at) >= 1 ? webReady(at) * 64 : (load(at) * load(at)) / (1 - load(at));
  const none = start.map(() => null);
  return {
    arrivals: start.map(calls),
    ok: start.map((at) => Math.min(calls(at), most(at) ?? Infinity)),
    failed: start.map((at) => Math.max(0, calls(at) - (most(at) ?? Infinity))),
    failures: {},
    capacity: start.map(most),
    utilisation: part.slots ? start.map(load) : none,
    queueLength: part.slots ? start.map(queue) : none,
    waitingTime: part.slots ? start.map((at) => queue(at) / (most(at) ?? 1)) : none,
    serviceTime: part.slots ? start.map(() => 0.02) : none,
    hitRatio: part.kind === "cache" ? start.map((at) => (at < 300 ? 0.6 : 0.91)) : none,
    instances,
  };
}

export function partSketch(name: string, part: PartSketch, requests: number) {
  const arrived = Math.floor(requests * part.callsPerRequest);
  const dropped = name === "web" ? 410_000 : 0;
  const hits = Math.floor(arrived * 0.88);
  return {
    name,
    kind: part.kind,
    calls: {
      arrived,
      ok: arrived - dropped - 3,
      failed: dropped > 0 ? { dropped } : {},
      inFlight: 3,
      ...(name === "stock" && { neverSent: 1900 }),
    },
    ...(name === "web" && {
      guards: [{ name: "lane", admitted: arrived, delayed: 5120, degraded: 12, rejected: 0 }],
    }),
    ...(name === "stock" && { hardware: { disk: 0.431, network: null } }),
    resource: part.slots ? "slots" : null,
    utilisation: part.slots ? (name === "web" ? 0.71 : 0.22) : null,
    queueLength: part.slots
      ? name === "web"
        ? { mean: 212.4, max: 5120 }
        : { mean: 0.4, max: 31 }
      : null,
    waitingTime: part.slots ? latencies(0.004, arrived) : null,
    serviceTime: part.slots ? latencies(0.012, arrived) : null,
    wasted: name === "web" ? 0.062 : part.slots ? 0 : null,
    cache:
      part.kind === "cache"
        ? {
            hits,
            misses: arrived - hits,
            coalesced: 5120,
            evictions: 90210,
            stale: 640,
            filtered: 77,
            hitRatio: 0.88,
          }
        : null,
    fleet: {
      type: part.type,
      initial: name === "web" ? 12 : name === "stock" ? 3 : 4,
      peak: name === "web" ? 80 : name === "stock" ? 3 : 4,
      readyMin: name === "web" ? 12 : name === "stock" ? 3 : 4,
      readyMean: name === "web" ? 38.2 : name === "stock" ? 3 : 4,
    },
    estimates: part.slots ? { utilisation: { mean: 0.71, halfWidth: 0.011 } } : {},
  };
}

export function eventSketch() {
  const event = (
    at: number,
    plane: "fate" | "health" | "scaling" | "fleet",
    what: string,
    reason: string,
    more: { part?: string; instance?: string; until?: number } = {},
  ) => ({
    at,
    replication: 0,
    plane,
    part: more.part ?? "web",
    instance: more.instance ?? null,
    what,
    reason,
    until: more.until ?? null,
  });
  const grow = (at: number, from: number, to: number) =>
    event(
      at,
      "scaling",
      to > from ? "scale out" : "scale in",
      `HPA web: ${from} ready at 100 % of 60 % → ⌈${((from * 100) / 60).toFixed(1)}⌉, capped by 100 % per 15 s → ${to}`,
    );
  const lost = Array.from({ length: 8 }, (_, index) => `web-${index * 3 + 1}`);
  return [
    grow(1215, 12, 24),
    grow(1275, 24, 46),
    grow(1335, 46, 64),
    grow(1395, 64, 80),
    event(CRASH.from, "fate", "crash", "a node with eight instances died: repair takes 2 min", {
      until: CRASH.until,
    }),
    ...lost.map((instance) =>
      event(CRASH.from + 7, "health", "marked down", "3 checks in a row failed after 1 s", {
        part: "edge",
        instance,
      }),
    ),
    ...lost.map((instance) =>
      event(CRASH.until + 4, "health", "marked up", "2 checks in a row passed", {
        part: "edge",
        instance,
      }),
    ),
    event(1900, "fate", "slow instance", "web-5 works at half its speed", {
      instance: "web-5",
      until: 2000,
    }),
    grow(2160, 80, 52),
  ];
}

export function costSketch() {
  const shares = { useful: 0.61, idle: 0.24, warming: 0.06, wasted: 0.05, draining: 0.01, down: 0 };
  const hours = { edge: 2.667, web: 25.47, catalogue: 2.667, stock: 2 };
  const priced = Object.entries(hours).map(([name, instanceHours]) => {
    const { type, price } = parts[name]!;
    const states = Object.entries(shares).map(
      ([state, share]) => [state, Math.floor(instanceHours * price * share * 1e4)] as const,
    );
    const total = sum(states.map(([, cents]) => cents));
    return {
      part: name,
      type,
      pricePerHour: price.toFixed(4),
      instanceHours,
      total: (total / 1e4).toFixed(4),
      states: Object.fromEntries(
        states.map(([state, amount]) => [state, (amount / 1e4).toFixed(4)]),
      ),
    };
  });
  const total = sum(priced.map((part) => Number(part.total)));
  return {
    currency: "USD",
    catalogue: "aws-us-east-1, prices of 2026-10-01",
    total: total.toFixed(4),
    perHour: (total * 1.5).toFixed(4),
    perThousandRequests: "0.0004",
    perThousandGood: "0.0005",
    parts: priced,
    spending: Object.fromEntries(
      priced.map(({ part, total: paid }) => {
        const windows = Array.from({ length: DURATION / WINDOW });
        return [part, windows.map(() => (Number(paid) * 3600) / DURATION)];
      }),
    ),
  };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
