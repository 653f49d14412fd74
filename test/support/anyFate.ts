/**
 * What may happen to the small platforms of `anyNight`, and what is built around them: faults, new
 * versions, scalers, guards, nodes and supplies, links, alarms and bills.
 */
import fc from "fast-check";

export const milliseconds = (min: number, max: number) =>
  fc.integer({ min, max }).map((count) => `${count} ms`);

export const someTime = fc.oneof(
  milliseconds(0, 400),
  milliseconds(1, 400).map((mean) => ({ kind: "exponential", mean })),
  milliseconds(1, 400).map((mean) => ({ kind: "gamma", mean, cv: 2 })),
);

const victims = fc.constantFrom(1, 2, "all");
const instant = milliseconds(0, 19_000);
const spell = { at: instant, for: milliseconds(1, 8000) };
const share = fc.constantFrom("0 %", "30 %", "100 %");
const serving = fc.constantFrom("web", "store");
const withFleet = fc.constantFrom("web", "store", "memory");

/** By the clock, on some; or by chance, on each. */
function deaths<More>(kind: string, of: fc.Arbitrary<string>, more: More) {
  const what = { kind: fc.constant(kind), of };
  const byChance = fc.constant({ kind: "exponential", mean: "15 s" });
  return fc.oneof(
    fc.record(
      { ...what, at: instant, instances: victims, repair: milliseconds(0, 4000), ...more },
      { requiredKeys: ["kind", "of", "at"] },
    ),
    fc.record(
      { ...what, "time-between": byChance, repair: someTime, ...more },
      { requiredKeys: ["kind", "of", "time-between"] },
    ),
  );
}

const between = fc.constantFrom(
  ...[
    ["internet", "edge"],
    ["web", "store"],
    ["internet", "a"],
    ["memory", "pool"],
  ],
);

const fault = fc.oneof(
  { arbitrary: deaths("crash", withFleet, { silent: fc.boolean() }), weight: 3 },
  deaths("hang", serving, {}),
  fc.record(
    {
      kind: fc.constant("breakdown"),
      of: serving,
      "time-between": fc.constant({ kind: "exponential", mean: "3 s" }),
      for: someTime,
      while: fc.constantFrom("always", "serving"),
    },
    { requiredKeys: ["kind", "of", "time-between", "for"] },
  ),
  fc.record({
    kind: fc.constant("memory-leak"),
    of: serving,
    memory: fc.constantFrom("5 MB", "60 MB"),
    "per-call": fc.constant("1 MB"),
    restart: fc.constant({ first: "500 ms", most: "4 s" }),
  }),
  fc.record({
    kind: fc.constant("spot-reclaim"),
    of: withFleet,
    at: instant,
    instances: victims,
    notice: milliseconds(0, 3000),
  }),
  fc.record(
    {
      kind: fc.constant("rack-outage"),
      of: fc.constant(["web", "store"]),
      racks: fc.constantFrom(1, 2),
      at: instant,
      repair: someTime,
    },
    { requiredKeys: ["kind", "of", "racks", "at"] },
  ),
  fc.record({ kind: fc.constant("zone-outage"), zone: fc.constant("a"), ...spell }),
  fc.record({
    kind: fc.constant("slow"),
    of: withFleet,
    ...spell,
    factor: fc.constantFrom(0.5, 3, 10),
    instances: victims,
  }),
  fc.record({ kind: fc.constant("delay"), of: serving, ...spell, latency: someTime }),
  fc.record({ kind: fc.constant("errors"), of: serving, ...spell, rate: share }),
  fc.record({ kind: fc.constant("full-disk"), of: fc.constant("store"), ...spell }),
  fc.record({
    kind: fc.constant("capacity-loss"),
    of: serving,
    ...spell,
    lost: share,
    instances: victims,
  }),
  fc.record({
    kind: fc.constant("outage"),
    of: fc.constantFrom("edge", "web", "memory", "pool", "store"),
    ...spell,
    answer: fc.constantFrom("error", "refused", "nothing"),
  }),
  fc.record(
    { kind: fc.constant("balancer-crash"), of: fc.constant("edge"), at: instant, repair: someTime },
    { requiredKeys: ["kind", "of", "at"] },
  ),
  fc.record({
    kind: fc.constant("cache-flush"),
    of: fc.constant("memory"),
    at: instant,
    instances: victims,
  }),
  fc.record({
    kind: fc.constant("bad-link"),
    between,
    ...spell,
    loss: share,
    latency: someTime,
    "one-way": fc.boolean(),
  }),
  fc.record({ kind: fc.constant("partition"), between, ...spell }),
);

export const faults = fc.array(fault, { maxLength: 4 });

const link = fc.record(
  { latency: someTime, loss: fc.constantFrom("0 %", "3 %"), bandwidth: fc.constant("500 kB") },
  { requiredKeys: [] },
);

/** Messages take their time and may be lost; the faults of links need them. */
export const links = fc.record(
  { "same-zone": link, "cross-zone": link, internet: link },
  { requiredKeys: [] },
);

const version = fc.record(
  {
    slower: fc.constantFrom(0.5, 3),
    "error-rate": share,
    "crash-after": fc.constant({ kind: "exponential", mean: "2 s" }),
  },
  { requiredKeys: [] },
);

const change = {
  of: serving,
  at: instant,
  version,
  deadline: milliseconds(500, 9000),
  "on-deadline": fc.constantFrom("report", "roll-back"),
  "roll-back-if": fc.constant({ "error-rate-above": "20 %", window: "1 s", calls: 2 }),
};
const requiredOfChange = ["kind", "of", "at"] as const;

export const rollouts = fc.array(
  fc.oneof(
    fc.record(
      { kind: fc.constant("rolling"), ...change, "surge-instances": fc.constantFrom(1, 2) },
      { requiredKeys: [...requiredOfChange] },
    ),
    fc.record(
      { kind: fc.constant("blue-green"), ...change, keep: milliseconds(0, 4000) },
      { requiredKeys: [...requiredOfChange] },
    ),
    fc.record(
      {
        kind: fc.constant("canary"),
        ...change,
        steps: fc.constant([{ weight: "30 %", for: "2 s" }]),
      },
      { requiredKeys: [...requiredOfChange, "steps"] },
    ),
    fc.record(
      {
        kind: fc.constant("traffic-canary"),
        ...change,
        steps: fc.constant([{ weight: "30 %", instances: 1, for: "2 s" }]),
        keep: milliseconds(0, 4000),
        "keep-bad": milliseconds(0, 4000),
      },
      { requiredKeys: [...requiredOfChange, "steps"] },
    ),
  ),
  { maxLength: 2 },
);

export const scaler = fc.constantFrom(
  {
    kind: "kubernetes-hpa",
    utilisation: "50 %",
    max: 6,
    "sync-period": "1 s",
    "metric-interval": "1 s",
    "scale-down": { window: "3 s" },
  },
  { kind: "threshold", min: 1, max: 5, period: "1 s", "periods-below": 2, cooldown: "2 s" },
  {
    kind: "schedule",
    at: [
      ["4 s", 5],
      ["9 s", 1],
      ["9500 ms", 3],
    ],
  },
  {
    kind: "keda",
    triggers: [{ metric: "in-flight", target: 2 }],
    max: 5,
    hold: {},
    "polling-interval": "1 s",
    cooldown: "2 s",
  },
  { kind: "target-tracking", target: "40 %", max: 5, period: "1 s" },
  {
    kind: "step-scaling",
    max: 6,
    period: "1 s",
    policies: [
      { above: "60 %", periods: 1, steps: [{ percent: 50 }] },
      { below: "40 %", periods: 2, steps: [{ change: -1 }] },
    ],
  },
  { kind: "traffic", capacity: "8 rps", max: 6, period: "1 s", cooldown: "2 s" },
  { kind: "formula", instances: "max(1, in_flight / 3)", max: 6, period: "1 s" },
);

const guard = (per: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.record({ kind: fc.constant("token-bucket"), rate: fc.constant("9 rps"), per }),
    fc.record({ kind: fc.constant("bulkhead"), limit: fc.integer({ min: 1, max: 9 }), per }),
    fc.record({
      kind: fc.constantFrom("sentinel-queueing", "waiting-room"),
      rate: fc.constant("9 rps"),
      "max-wait": milliseconds(0, 3000),
      per,
    }),
    fc.record({
      kind: fc.constantFrom("fixed-window", "sliding-window"),
      limit: fc.constant(9),
      per,
    }),
    fc.record({ kind: fc.constantFrom("vegas", "gradient2", "envoy-adaptive"), per }),
    fc.record({
      kind: fc.constant("nginx-limit-req"),
      rate: fc.constant("9 rps"),
      burst: fc.constant(5),
      nodelay: fc.boolean(),
      per,
    }),
    fc.record({ kind: fc.constant("sentinel-warm-up"), rate: fc.constant("20 rps"), per }),
  );

/** Guards at a door, of which there is one for each of these. */
export const guardsOf = (...per: readonly string[]) =>
  fc.array(guard(fc.constantFrom(...per)), { maxLength: 2 });

const breaker = fc.constantFrom(
  { kind: "hystrix", volume: 5, sleep: "900 ms" },
  { kind: "resilience4j", window: 8, "minimum-calls": 4, wait: "700 ms", permitted: 2 },
  { kind: "resilience4j", "window-of": "seconds", window: 2, "minimum-calls": 4, wait: "1 s" },
  { kind: "sentinel-degrade", grade: "error-ratio", ratio: "40 %", "open-for": "800 ms" },
);

export const budget = fc.constantFrom(
  ...["0 %", "20 %", "100 %"],
  { kind: "quota", tokens: 20 },
  { kind: "throttle", tokens: 4 },
);

export const retry = fc.record({
  attempts: fc.integer({ min: 1, max: 4 }),
  backoff: fc.constantFrom(
    { kind: "immediate" },
    { kind: "constant", delay: "70 ms" },
    { kind: "full-jitter", base: "50 ms", cap: "1 s" },
    { kind: "decorrelated-jitter", base: "30 ms", cap: "1 s" },
  ),
  budget,
});

/** How a caller insists, besides its time-out. */
export const insistence = {
  retry,
  hedge: fc.constantFrom(
    { after: "30 ms" },
    { after: "100 ms", copies: 3, limit: "20 %" },
    { after: "p50" },
  ),
  patience: someTime,
  cancellation: fc.constantFrom("none", "propagate"),
  breaker,
};

export const passiveCheck = fc.constantFrom(
  { kind: "max-fails", fails: 2, "fail-timeout": "1 s" },
  { kind: "outlier-detection", consecutive: 2, "base-ejection": "2 s", "max-ejected": "60 %" },
  { kind: "max-fails" },
);

const nodes = fc.record({
  cores: fc.constantFrom(2, 4),
  nodes: fc.integer({ min: 1, max: 3 }),
  zones: fc.constantFrom(["a"], ["a", "b"]),
  type: fc.constant("m5.xlarge"),
  launch: someTime,
  "drain-timeout": milliseconds(0, 2000),
  "replace-after": milliseconds(100, 3000),
  eviction: milliseconds(100, 3000),
  scaler: fc.constantFrom(
    "none",
    { kind: "cluster-autoscaler", min: 1, max: 4, "unneeded-time": "2 s" },
    { kind: "karpenter", max: 4 },
  ),
});

/** The same with several types, of which some do not come in time. */
const nodesOfTypes = nodes.map(({ type, cores, scaler, ...others }) => ({
  ...others,
  types: [
    { type: "m5.large", cores },
    { type, max: 2 },
  ],
  scaler:
    scaler === "none"
      ? { kind: "karpenter", max: 3, "provision-timeout": "3 s", "unavailable-for": "1 s" }
      : { ...(scaler as object), "provision-timeout": "3 s" },
}));

export const nodePool = fc.record({ general: fc.oneof(nodes, nodesOfTypes) });

export const supply = fc.record({
  quotas: fc.constantFrom([], [{ instances: 18 }], [{ of: "m5.large", cores: 8 }]),
  shortages: fc.constantFrom([], [{ at: "5 s", for: "6 s", chance: "70 %" }]),
  retry: fc.constant({ kind: "constant", delay: "900 ms" }),
});

/** Alarms that look often enough for a night of twenty seconds. */
export const watching = fc.record({
  monitoring: fc.constant({ scrape: "1 s", evaluation: "1 s", "group-wait": "1 s" }),
  alerts: fc.constant({
    failing: { kind: "error-ratio", above: "5 %", over: "3 s", for: "1 s" },
    budget: {
      kind: "burn-rate",
      target: "99 %",
      windows: [{ burn: 5, long: "6 s", short: "2 s" }],
    },
    slow: { kind: "latency", percentile: "p99", above: "500 ms", over: "3 s" },
    hot: { kind: "utilisation", part: "web", above: "70 %", over: "3 s" },
    backlog: { kind: "queue-length", part: "store", above: 3, over: "2 s" },
    thin: { kind: "instances", part: "web", below: 2, over: "2 s" },
    silence: { kind: "traffic", below: "3 rps", over: "2 s" },
  }),
});

export const cost = fc.record(
  {
    purchase: fc.record(
      {
        web: fc.constantFrom(
          { reserved: { instances: 2 } },
          { spot: { share: "40 %", discount: "60 %" } },
        ),
        store: fc.constant({ reserved: { instances: 3 }, spot: { discount: "50 %" } }),
      },
      { requiredKeys: [] },
    ),
    "savings-plan": fc.constantFrom({ commit: "0.10 USD/hour" }, { commit: "2 USD/hour" }),
    charges: fc.constant({
      gateway: { kind: "requests", of: "edge", price: "0.20 USD", per: "1M requests" },
      balancer: { kind: "capacity-units", of: "edge", rules: 25 },
      egress: { kind: "transfer", price: "0.09 USD", per: "1 GB" },
      disks: { kind: "storage", size: "500 GB", price: "0.08 USD/month", per: "1 GB" },
      licence: { kind: "licence", of: "store", price: "0.21 USD/hour", per: "core" },
      control: { kind: "fixed", price: "0.10 USD/hour" },
    }),
  },
  { requiredKeys: [] },
);
