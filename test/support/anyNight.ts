/**
 * Small platforms at random: a balancer, a web tier, a cache and a store, with clients that give up
 * and try again, scalers that meddle and faults that strike.
 *
 *     shoppers -> edge -> web -> memory -> pool -> store
 */
import fc from "fast-check";
import {
  cost,
  faults,
  guardsOf,
  insistence,
  links,
  milliseconds,
  nodePool,
  passiveCheck,
  retry,
  rollouts,
  scaler,
  someTime,
  supply,
  watching,
} from "./anyFate.ts";

const insistent = { timeout: milliseconds(50, 2000), ...insistence };
const connections = fc.integer({ min: 1, max: 12 });
const connected = fc.record({ ...insistent, connections }, { requiredKeys: [] });

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

const machines = {
  type: fc.constantFrom("m5.large", "m5.xlarge"),
  instances: fc.integer({ min: 1, max: 4 }),
  zones: fc.constantFrom(["a"], ["a", "b"], ["a", "b", "c"]),
  provisioning: milliseconds(0, 1500),
  "start-up": someTime,
  "drain-timeout": milliseconds(0, 1500),
  "replace-after": milliseconds(100, 3000),
};

const fleet = fc.record(
  {
    ...machines,
    registration: milliseconds(0, 900),
    termination: fc.constantFrom("oldest", "aws-default", "closest-to-hour", "kubernetes"),
    protect: fc.constantFrom({ "younger-than": "2 s" }, { busy: true }),
    "warm-pool": fc.constantFrom(
      { size: 1, state: "running", "start-up": "200 ms" },
      { size: 2, cost: "10 %", "start-up": "300 ms" },
    ),
  },
  { requiredKeys: ["type", "instances", "zones"] },
);

const healthCheck = fc.constantFrom<string | object>(
  "none",
  { kind: "lease", heartbeat: "500 ms", ttl: "1500 ms", check: "400 ms" },
  {
    kind: "kubernetes-node",
    "lease-renewal": "1 s",
    "grace-period": "3 s",
    "monitor-period": "1 s",
  },
  { kind: "zookeeper-session", session: "4 s", tick: "1 s" },
  { kind: "etcd-lease", ttl: "3 s", elections: ["2 s"] },
  { interval: "500 ms", timeout: "200 ms", fall: 2, rise: 1 },
  { interval: "2 s" },
);

const callTo = (target: string) =>
  fc.record(
    {
      call: fc.constant(target),
      optional: fc.boolean(),
      timeout: milliseconds(20, 900),
      ...insistence,
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
      "shortest-job-first",
      { kind: "lifo", preemptive: true },
      { kind: "priority", preemptive: true },
      { kind: "shortest-job-first", preemptive: true },
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
  balancer: fc.constantFrom<string | object>(
    ...["round-robin", "random", "least-connections", "power-of-choices", "peak-ewma"],
    ...["join-idle-queue", "maglev", "smooth-weighted-round-robin"],
    { kind: "sticky", balancer: "round-robin" },
    { kind: "zone-aware", balancer: "round-robin" },
  ),
  "health-check": healthCheck,
  guards: guardsOf("part", "key", "class", "instance"),
};

const parts = fc.record({
  edge: fc.record({
    kind: fc.constant("load-balancer"),
    to: fc.constant("web"),
    "health-check": healthCheck,
    "passive-check": passiveCheck,
    balancer: serving.balancer,
    tries: fc.integer({ min: 1, max: 3 }),
    vrrp: fc.constant({}),
    guards: guardsOf("part", "key", "class"),
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
      "stale-if-error": milliseconds(0, 3000),
      "stale-while-revalidate": milliseconds(0, 3000),
      sharding: fc.constantFrom("remainder", "ketama"),
      writes: fc.constantFrom("aside", "through", "around", { kind: "behind", delay: "1 s" }),
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
    client: connected,
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

const surroundings = fc.record(
  { rollouts, links, supply, nodes: nodePool, cost, watching },
  { requiredKeys: [] },
);

const platform = fc.record({
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

type Platform = typeof platform extends fc.Arbitrary<infer Value> ? Value : never;
type Surroundings = typeof surroundings extends fc.Arbitrary<infer Value> ? Value : never;

/** Faults of links need links, alarms windows as short as their scrapes, and pods are no machines. */
function night(inside: Platform, { watching, links, nodes, cost, ...around }: Surroundings) {
  const { run, parts, faults } = inside;
  const needsLinks = faults.some(({ kind }) => kind === "partition" || kind === "bad-link");
  return {
    ...inside,
    ...around,
    ...(needsLinks ? { links: links ?? {} } : links && { links }),
    ...(watching && { ...watching, run: { ...run, window: "1 s" } }),
    ...(nodes && {
      nodes,
      parts: { ...parts, web: { ...parts.web, fleet: pods(parts.web.fleet) } },
    }),
    ...(cost && { cost: nodes ? { ...cost, purchase: {} } : cost }),
  };
}

/** Instances of a fleet as pods: their nodes have a type, a place and a delay. */
function pods(machines: Platform["parts"]["web"]["fleet"]) {
  const { type, "warm-pool": pool, zones, provisioning, ...others } = machines;
  return { ...others, on: "general", pod: { cores: 0.7, "image-pull": "300 ms" } };
}

/** A scenario of twenty seconds, as the object its file would be. */
export const anyNight = fc
  .tuple(platform, fc.oneof(fc.constant<Surroundings>({}), surroundings))
  .map(([inside, around]) => night(inside, around));

/** What `anyNight` gives. */
export type Night = typeof anyNight extends fc.Arbitrary<infer Value> ? Value : never;
