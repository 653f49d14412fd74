/**
 * Small platforms at random: a balancer, a web tier, a cache and a store, with clients that give up
 * and try again, scalers that meddle and faults that strike.
 *
 *     shoppers -> edge -> web -> memory -> pool -> store
 */
import fc from "fast-check";

const milliseconds = (min: number, max: number) =>
  fc.integer({ min, max }).map((count) => `${count} ms`);

const someTime = fc.oneof(
  milliseconds(0, 400),
  milliseconds(1, 400).map((mean) => ({ kind: "exponential", mean })),
  milliseconds(1, 400).map((mean) => ({ kind: "gamma", mean, cv: 2 })),
);

const retry = fc.record({
  attempts: fc.integer({ min: 1, max: 4 }),
  backoff: fc.constantFrom(
    { kind: "immediate" },
    { kind: "constant", delay: "70 ms" },
    { kind: "full-jitter", base: "50 ms", cap: "1 s" },
  ),
  budget: fc.constantFrom("0 %", "20 %", "100 %"),
});

const impatience = {
  hedge: fc.constantFrom(
    { after: "30 ms" },
    { after: "100 ms", copies: 3, limit: "20 %" },
    { after: "p50" },
  ),
  patience: someTime,
  cancellation: fc.constantFrom("none", "propagate"),
};

const insistent = { timeout: milliseconds(50, 2000), retry, ...impatience };
const connections = fc.integer({ min: 1, max: 12 });
const insistence = fc.record({ ...insistent, connections }, { requiredKeys: [] });

const keeping = fc.record(
  {
    ...insistent,
    connections,
    cache: fc.record({
      capacity: fc.integer({ min: 1, max: 20 }),
      ttl: milliseconds(100, 9000),
      "ttl-jitter": fc.constantFrom("0 %", "50 %"),
      lookup: milliseconds(0, 100),
    }),
  },
  { requiredKeys: [] },
);

const fleet = fc.record({
  type: fc.constantFrom("m5.large", "m5.xlarge"),
  instances: fc.integer({ min: 1, max: 4 }),
  zones: fc.constantFrom(["a"], ["a", "b"], ["a", "b", "c"]),
  provisioning: milliseconds(0, 1500),
  "start-up": someTime,
  "drain-timeout": milliseconds(0, 1500),
  "replace-after": milliseconds(100, 3000),
});

const healthCheck = fc.constantFrom(
  "none",
  { interval: "500 ms", timeout: "200 ms", fall: 2, rise: 1 },
  { interval: "2 s" },
);

const callTo = (target: string) =>
  fc.record(
    {
      call: fc.constant(target),
      optional: fc.boolean(),
      timeout: milliseconds(20, 900),
      retry,
      ...impatience,
    },
    { requiredKeys: ["call"] },
  );

const plainStep = fc.oneof(
  someTime.map((work) => ({ work })),
  someTime.map((cpu) => ({ cpu })),
  someTime.map((wait) => ({ wait })),
  fc.constantFrom({ disk: 3 }, { network: "50 kB" }, { hold: "1 MB" }),
  callTo("memory.get"),
  callTo("pool.write"),
  fc.tuple(callTo("memory.get"), callTo("store.read")).map((parallel) => ({ parallel })),
  fc.constantFrom(1, 2, "first").map((needed) => ({
    parallel: [{ call: "memory.get" }, { call: "store.read", timeout: "200 ms" }],
    "wait-for": needed,
  })),
);

const someSteps = fc.array(plainStep, { maxLength: 2 });

const step = fc.oneof(
  { arbitrary: plainStep, weight: 4 },
  fc
    .tuple(someSteps, fc.constantFrom(0, 3, { from: 0, to: 4 }, { mean: 2 }))
    .map(([loop, times]) => ({ loop, times })),
  fc.tuple(someSteps, someSteps).map(([one, other]) => ({
    choose: [
      { share: "50 %", steps: one },
      { share: "30 %", steps: other },
    ],
  })),
);

const waiting = fc.record(
  {
    discipline: fc.constantFrom(
      ...["fifo", "lifo", "adaptive-lifo", "earliest-deadline", "fair", "codel", "priority"],
      { kind: "priority", preemptive: true },
    ),
    limit: fc.constantFrom(0, 1, 5, 1000),
    "age-limit": milliseconds(1, 900),
  },
  { requiredKeys: ["discipline", "limit"] },
);

const serving = {
  fleet,
  slots: fc.integer({ min: 1, max: 6 }),
  queue: waiting,
  balancer: fc.constantFrom("round-robin", "random", "least-connections", "power-of-choices"),
  "health-check": healthCheck,
};

const parts = fc.record({
  edge: fc.record({
    kind: fc.constant("load-balancer"),
    to: fc.constant("web"),
    "health-check": healthCheck,
    balancer: serving.balancer,
    tries: fc.integer({ min: 1, max: 3 }),
  }),
  web: fc.record({
    kind: fc.constant("service"),
    ...serving,
    pauses: fc.constantFrom({ every: "1 s", for: "100 ms" }, { every: "100 s", for: "1 s" }),
    "warm-up": fc.constantFrom({ factor: 4, time: "3 s" }, { factor: 1, time: "1 s" }),
    "while-calling": fc.constantFrom("hold", "release"),
    cpu: fc.record({ sharing: fc.constantFrom("fcfs", "processor-sharing") }),
    disk: fc.constant({ iops: 50 }),
    network: fc.constant({ "bytes-per-second": "1 MB" }),
    memory: fc.record({
      size: fc.constantFrom("3 MB", "1 GB"),
      "when-full": fc.constantFrom("kill", "fail"),
    }),
    operations: fc.record({
      buy: fc.array(step, { maxLength: 4 }),
      default: fc.array(step, { maxLength: 3 }),
    }),
  }),
  memory: fc.record(
    {
      kind: fc.constant("cache"),
      behind: fc.constantFrom("store", "pool"),
      fleet,
      capacity: fc.integer({ min: 1, max: 30 }),
      ttl: milliseconds(100, 5000),
      coalesce: fc.boolean(),
      "hit-ratio": fc.constant("70 %"),
      lookup: someTime,
      timeout: milliseconds(50, 900),
      retry,
    },
    { requiredKeys: ["kind", "behind", "fleet", "coalesce"] },
  ),
  pool: fc.record({
    kind: fc.constant("connection-pool"),
    to: fc.constant("store"),
    connections: fc.integer({ min: 1, max: 5 }),
    "wait-timeout": milliseconds(0, 2000),
  }),
  store: fc.record({ kind: fc.constant("database"), ...serving, read: someTime, write: someTime }),
});

const victims = fc.constantFrom(1, 2, "all");
const struck = fc.constantFrom("web", "store", "memory");
const instant = milliseconds(0, 19_000);

const faults = fc.array(
  fc.oneof(
    fc.record(
      {
        kind: fc.constant("crash"),
        of: struck,
        at: instant,
        instances: victims,
        silent: fc.boolean(),
        repair: milliseconds(0, 4000),
      },
      { requiredKeys: ["kind", "of", "at"] },
    ),
    fc.record(
      {
        kind: fc.constant("crash"),
        of: struck,
        "time-between": fc.constant({ kind: "exponential", mean: "15 s" }),
        silent: fc.boolean(),
        repair: someTime,
      },
      { requiredKeys: ["kind", "of", "time-between"] },
    ),
    fc.record({
      kind: fc.constant("zone-outage"),
      zone: fc.constant("a"),
      at: instant,
      for: milliseconds(1, 8000),
    }),
    fc.record({
      kind: fc.constant("slow"),
      of: struck,
      at: instant,
      for: milliseconds(1, 8000),
      factor: fc.constantFrom(0.5, 3, 10),
      instances: victims,
    }),
  ),
  { maxLength: 4 },
);

const scaler = fc.constantFrom(
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
);

const reload = fc.record({
  after: milliseconds(20, 900),
  times: fc.integer({ min: 1, max: 3 }),
});

const clients = fc.record(
  {
    to: fc.constant("edge"),
    arrivals: fc.record({
      kind: fc.constantFrom("poisson", "deterministic"),
      rate: fc.integer({ min: 1, max: 40 }).map((rate) => `${rate} rps`),
    }),
    mix: fc.constant({
      buy: { share: "40 %", keys: { kind: "zipf", items: 50 } },
      look: { share: "60 %" },
    }),
    population: fc.record({
      users: fc.integer({ min: 1, max: 30 }),
      exponent: fc.constantFrom(0, 1),
    }),
    client: insistence,
    reload: reload,
  },
  { requiredKeys: ["to", "arrivals", "mix", "client"] },
);

const regulars = fc.record(
  {
    to: fc.constant("edge"),
    users: fc.record({
      count: fc.integer({ min: 1, max: 9 }),
      think: milliseconds(50, 900),
      "ramp-up": milliseconds(0, 2000),
    }),
    journey: fc.record({
      steps: fc.constant({
        enter: { operation: "look", think: "60 ms", next: { enter: "30 %", pay: "50 %" } },
        pay: { operation: "buy", think: "90 ms", keys: { kind: "zipf", items: 50 } },
      }),
      abandon: fc.record({
        "slower-than": milliseconds(0, 900),
        chance: fc.constantFrom("0 %", "40 %", "100 %"),
        "after-error": fc.constantFrom("0 %", "40 %", "100 %"),
      }),
    }),
    client: keeping,
    reload: reload,
  },
  { requiredKeys: ["to", "users", "journey", "client"] },
);

/** A scenario of twenty seconds, as the object its file would be. */
export const anyNight = fc.record({
  title: fc.constant("Any night"),
  seed: fc.integer({ min: 1, max: 1e6 }),
  run: fc.record({
    duration: fc.constant("20 s"),
    "warm-up": milliseconds(0, 9000),
    window: fc.constantFrom("1 s", "3 s", "50 s"),
  }),
  workloads: fc.record({ shoppers: clients, regulars }, { requiredKeys: ["shoppers"] }),
  parts,
  autoscalers: fc.record({ web: scaler, store: scaler }, { requiredKeys: [] }),
  faults,
  objectives: fc.constant([{ availability: "99 %" }, { latency: "p99", below: "1 s" }]),
});

/** What `anyNight` gives. */
export type Night = typeof anyNight extends fc.Arbitrary<infer Value> ? Value : never;
