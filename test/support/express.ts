/** Scenarios that need no events: the benchmark's, a shop, and any at random. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parse } from "yaml";
import { loadScenario, type Scenario } from "../../src/scenario/load.ts";

/** What a scenario is made of, apart from how long it runs. */
export interface Shape {
  readonly workloads: object;
  readonly parts: object;
  readonly autoscalers?: object;
  readonly faults?: readonly object[];
}

/** A scenario of a shape; `run` says how long and on what. */
export function loaded(shape: Shape, run: object = {}): Scenario {
  const text = JSON.stringify({ title: "Both ways", run: { duration: "10 s", ...run }, ...shape });
  const nothing = (path: string) => {
    throw new Error(`nothing to read at ${path}`);
  };
  const read = { file: "both.yaml", text, readFile: nothing, set: [], variant: null };
  const result = loadScenario(read);
  if (!result.ok) throw new Error(result.report({ colour: false }));
  return result.scenario;
}

/** One of the benchmark's scenarios, with other values at dotted paths. */
export function bench(file: string, changes: Readonly<Record<string, unknown>> = {}): Shape {
  const url = new URL(`../../bench/scenarios/${file}`, import.meta.url);
  const { title: _, seed: __, run: ___, ...shape } = parse(readFileSync(url, "utf8"));
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    keys.reduce((place, key) => (place[key] ??= {}), shape)[last] = value;
  }
  return shape;
}

const about = (mean: string) => ({ kind: "exponential", mean });

/** Two workloads and five classes through a balancer to a web tier, a cache, a store and a search. */
const shop: Shape = {
  workloads: {
    shoppers: {
      to: "edge",
      arrivals: { rate: "900 rps" },
      client: { timeout: "60 ms" },
      mix: {
        browse: { share: "70 %", keys: { kind: "zipf", items: 1000 } },
        find: { share: "20 %" },
        buy: { share: "10 %" },
      },
    },
    robots: {
      to: "edge",
      arrivals: {
        kind: "mmpp",
        states: [
          { rate: "50 rps", holding: "1 s" },
          { rate: "900 rps", holding: "100 ms" },
        ],
      },
    },
    staff: { to: "office", arrivals: { kind: "deterministic", rate: "33 rps" } },
  },
  parts: {
    edge: { kind: "load-balancer", to: "web", balancer: "random" },
    web: {
      kind: "service",
      slots: 3,
      fleet: { instances: 5, zones: ["a", "b"] },
      "while-calling": "release",
      operations: {
        browse: [{ work: about("6 ms") }, { call: "memory.get" }],
        find: [{ work: { kind: "uniform", from: "0 ms", to: "4 ms" } }, { call: "search" }],
        buy: [{ work: "9 ms" }, { call: "store.write" }],
        default: [{ work: { kind: "gamma", mean: "5 ms", cv: 2 } }],
      },
    },
    memory: { kind: "cache", behind: "store", "hit-ratio": "75 %", fleet: { instances: 2 } },
    store: { kind: "database", slots: 8, read: about("12 ms"), write: about("20 ms") },
    search: { kind: "service", slots: 2, fleet: { instances: 4 }, work: about("15 ms") },
    office: { kind: "service", slots: 1, work: about("28 ms") },
  },
};

const milliseconds = (min: number, max: number) =>
  fc.integer({ min, max }).map((count) => `${count} ms`);

const arrivals = fc.oneof(
  fc.integer({ min: 1, max: 400 }).map((rate) => ({ rate: `${rate} rps` })),
  fc.constantFrom(10, 50, 100, 200).map((rate) => ({ kind: "deterministic", rate: `${rate} rps` })),
  fc.constant({ kind: "batch", of: { rate: "20 rps" }, size: { kind: "geometric", mean: 3 } }),
  fc.constant({
    rate: {
      kind: "profile",
      points: [
        ["0 s", "10 rps"],
        ["1 s", "300 rps"],
        ["3 s", "0 rps"],
      ],
    },
  }),
);

const time = fc.oneof(
  fc.constantFrom("0 ms", "5 ms", "10 ms", "20 ms"),
  milliseconds(1, 60).map(about),
  milliseconds(1, 60).map((mean) => ({ kind: "lognormal", mean, cv: 1.5 })),
);

const serving = {
  slots: fc.integer({ min: 1, max: 5 }),
  fleet: fc.record({ instances: fc.integer({ min: 1, max: 6 }) }),
  balancer: fc.constantFrom("round-robin", "random", "smooth-weighted-round-robin"),
  "health-check": fc.constantFrom("none", { interval: "700 ms" }),
};

const client = fc.record({ timeout: milliseconds(1, 200) }, { requiredKeys: [] });

/** One or two workloads, a web tier and a store with or without a cache between them. */
const any = fc.record({
  run: fc.record(
    {
      duration: milliseconds(300, 4000),
      "warm-up": milliseconds(0, 299),
      window: milliseconds(7, 1000),
    },
    { requiredKeys: ["duration"] },
  ),
  workloads: fc.record(
    {
      people: fc.record({ to: fc.constant("edge"), arrivals, client }),
      robots: fc.record({ to: fc.constant("web"), arrivals, client }),
    },
    { requiredKeys: ["people"] },
  ),
  parts: fc.record({
    edge: fc.record({
      kind: fc.constant("load-balancer"),
      to: fc.constant("web"),
      balancer: serving.balancer,
    }),
    web: fc.record({
      kind: fc.constant("service"),
      ...serving,
      "while-calling": fc.constant("release"),
      operations: fc.record({
        people: fc
          .tuple(time, fc.constantFrom("cache.get", "store.read"))
          .map(([work, call]) => [{ work }, { call }]),
        default: time.map((work) => [{ work }]),
      }),
    }),
    cache: fc.record({
      kind: fc.constant("cache"),
      behind: fc.constant("store"),
      "hit-ratio": fc.constantFrom("0 %", "50 %", "100 %"),
    }),
    store: fc.record({ kind: fc.constant("database"), ...serving, read: time }),
  }),
});

export const eligible = { shop, any };
