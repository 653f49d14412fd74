/** Twins: what the express path computes is what events do, to the last bit of the record. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { needsEvents, simulate } from "../../../src/experiment/replication.ts";
import { bench, eligible, loaded, type Shape } from "../../support/express.ts";

/** The record of both paths; they may differ in when health checks of idle parts begin. */
function bothWays(shape: Shape, change: object = {}) {
  const scenario = loaded(shape, change);
  const events = loaded(shape, { ...change, engine: "events" });
  expect(needsEvents(scenario)).toEqual([]);
  expect(needsEvents(events)).toEqual(["run.engine says so"]);
  const { events: _, engine, ...computed } = simulate(scenario, 0);
  const { events: __, engine: ___, ...happened } = simulate(events, 0);
  return { engine, computed, happened };
}

function expectSame(shape: Shape, change: object = {}) {
  const { engine, computed, happened } = bothWays(shape, change);
  expect(engine).toBe("express");
  expect(computed).toEqual(happened);
  return computed;
}

const poisson = (rate: string) => ({ kind: "poisson", rate });
const clockwork = (rate: string) => ({ kind: "deterministic", rate });
const about = (mean: string) => ({ kind: "exponential", mean });
const oneTill = (arrivals: object, till: object, client: object = {}): Shape => ({
  workloads: { clients: { to: "till", arrivals, client } },
  parts: { till: { kind: "service", slots: 1, ...till } },
});

describe("both paths leave the same record", () => {
  test.each([
    ["w1.yaml", { duration: "100 s" }],
    ["w2.yaml", { duration: "3 s" }],
    ["w3.yaml", { duration: "5 s" }],
    ["w3.yaml", { duration: "5 s", "warm-up": "1234567 us", window: "333 ms" }],
  ])("bench/scenarios/%s with %o", (file, change) => {
    expectSame(bench(file), change);
  });

  test("of three tiers whose clients give up so soon that many time out", () => {
    const shape = bench("w3.yaml", { "workloads.clients.client.timeout": "15 ms" });
    const { classes } = expectSame(shape, { duration: "3 s", "warm-up": "500 ms" });
    expect(classes[0]!.all.failed[2]).toBeGreaterThan(1000);
    expect(classes[0]!.all.succeeded).toBeGreaterThan(1000);
  });

  test("of a till whose clients give up, and whose work for them is wasted", () => {
    const shape = oneTill(poisson("95 rps"), { work: about("10 ms") }, { timeout: "50 ms" });
    const { parts } = expectSame(shape, { duration: "60 s", window: "1 s" });
    expect(parts[0]!.snapshots.at(-1)!.wastedTime).toBeGreaterThan(0);
  });

  test("of an overloaded fleet, whose queues only grow", () => {
    const till = { fleet: { instances: 3 }, slots: 2, balancer: "random", work: about("100 ms") };
    const { parts } = expectSame(oneTill(poisson("100 rps"), till), { duration: "20 s" });
    expect(parts[0]!.snapshots.at(-1)!.queueLengthMax).toBeGreaterThan(500);
  });

  test("of queues that swell, drain and swell again", () => {
    const points = [0, 4, 5, 9, 10, 20].map((second, k) => [
      `${second} s`,
      `${[80, 300, 20, 20, 400, 0][k]!} rps`,
    ]);
    const till = { fleet: { instances: 4 }, slots: 2, balancer: "random", work: about("60 ms") };
    const shape = oneTill({ rate: { kind: "profile", points } }, till, { timeout: "3 s" });
    expectSame(shape, { duration: "25 s", "warm-up": "6 s", window: "700 ms" });
  });

  test("of sums far beyond 2^53 ns: years of work, and of waiting", () => {
    const work = { kind: "uniform", from: "0 h", to: "4000 h" };
    const tills = [
      { slots: 30_000, work },
      { slots: 1, work: about("60 s") },
    ];
    for (const till of tills) {
      const { parts } = expectSame(oneTill(poisson("2 rps"), till), { duration: "4 h" });
      const { busyTime, queueTime } = parts[0]!.snapshots.at(-1)!;
      expect(busyTime + queueTime).toBeGreaterThan(10 * 2 ** 53);
    }
  });

  test("of a fleet that is nearly idle: one request in a second", () => {
    const till = { fleet: { instances: 5, weights: [3, 1] }, work: about("1 ms") };
    expectSame(oneTill(poisson("1 rps"), { ...till, balancer: "smooth-weighted-round-robin" }), {
      duration: "100 s",
      "warm-up": "30 s",
    });
  });

  test.each([
    ["two of them at once", "200 rps", "10 ms", 2],
    ["twice the load it can bear", "200 rps", "10 ms", 1],
    ["work that takes no time", "200 rps", "0 ms", 1],
    ["arrivals and departures in step", "1000 rps", "8 ms", 9],
  ])("of clockwork: %s", (_, rate, work, slots) => {
    expectSame(oneTill(clockwork(rate), { work, slots }), { duration: "2 s", window: "100 ms" });
    const fleet = { instances: 3 };
    expectSame(oneTill(clockwork(rate), { work, slots, fleet }), { duration: "2 s" });
  });

  test("of one whose ties cannot be told apart: it is run again with events", () => {
    // Each call leaves as the next arrives, which was decided as that call began as another left, …
    const shape = oneTill(clockwork("100 rps"), { work: "10 ms" });
    const { engine, computed, happened } = bothWays(shape, { duration: "2 s" });
    expect(engine).toBe("events");
    expect(computed).toEqual(happened);
  });

  test("of batches that come at one instant to a constant work", () => {
    const arrivals = { kind: "batch", of: { rate: "30 rps" }, size: 7 };
    const till = { work: "20 ms", slots: 2, fleet: { instances: 3 } };
    expectSame(oneTill(arrivals, till), { duration: "20 s" });
  });

  test("of calls that leave together: whoever began first comes to the next part first", () => {
    // A call of 20 ms leaves with the one of 10 ms that came 10 ms after it; luck then parts them.
    const shape: Shape = {
      workloads: {
        clients: {
          to: "web",
          arrivals: clockwork("100 rps"),
          mix: { short: { share: "50 %" }, long: { share: "50 %" } },
        },
      },
      parts: {
        web: {
          kind: "service",
          slots: 9,
          "while-calling": "release",
          operations: {
            short: [{ work: "10 ms" }, { call: "store.read" }],
            long: [{ work: "20 ms" }, { call: "store.read" }],
          },
        },
        store: { kind: "database", slots: 9, read: about("7 ms") },
      },
    };
    expectSame(shape, { duration: "5 s" });
  });

  test("of a deadline at the very instant of the answer", () => {
    const shape = oneTill(clockwork("10 rps"), { work: "30 ms" }, { timeout: "30 ms" });
    const { classes } = expectSame(shape, { duration: "2 s" });
    expect(classes[0]!.all.succeeded).toBe(0);
  });

  test("of several classes and workloads, which share tiers and caches", () => {
    expectSame(eligible.shop, { duration: "5 s", "warm-up": "1 s", window: "250 ms" });
  });

  test("of a run in which nobody comes", () => {
    const { classes } = expectSame(oneTill(poisson("0 rps"), { work: "1 s" }));
    expect(classes[0]!.all.generated).toBe(0);
  });

  test("of platforms at random", () => {
    let undecided = 0;
    const property = fc.property(eligible.any, ({ run, ...shape }) => {
      const { engine, computed, happened } = bothWays(shape, run);
      if (engine === "events") undecided++;
      expect(computed).toEqual(happened);
    });
    fc.assert(property, { seed: 583, numRuns: 60 });
    expect(undecided).toBeLessThan(6);
  });
});

describe("events are used where", () => {
  const part = (name: string, fields: object) => ({ [`parts.${name}`]: fields });
  const web = { kind: "service", slots: 4, "while-calling": "release" };
  const work = { work: "1 ms" };
  test.each([
    ["clients try again", { "workloads.clients.client.retry": {} }, /client.retry/],
    ["a balancer goes by load", { "parts.edge.balancer": "least-connections" }, /least-conn/],
    ["a balancer has a timeout", { "parts.edge.timeout": "1 s" }, /edge.timeout/],
    ["a queue is limited", { "parts.store.queue": { limit: 5 } }, /queue.limit/],
    ["the last come is served first", { "parts.store.queue": { discipline: "lifo" } }, /first in/],
    ["a cache keeps keys", { "parts.cache": { kind: "cache", behind: "store" } }, /real keys/],
    ["looking up takes time", { "parts.cache.lookup": "1 ms" }, /lookup takes time/],
    ["a cache gives up on its store", { "parts.cache.timeout": "1 s" }, /cache.timeout/],
    ["calls hold their slots", { "parts.web.while-calling": "hold" }, /holds slots/],
    [
      "machines are slowed",
      { faults: [{ kind: "slow", of: "web", at: "1 s", for: "1 s", factor: 2 }] },
      /faults/,
    ],
    [
      "fleets are scaled",
      { autoscalers: { web: { kind: "kubernetes-hpa", utilisation: "60 %", min: 1, max: 9 } } },
      /autoscalers/,
    ],
    [
      "cores are shared",
      part("web", { ...web, operations: { default: [{ cpu: "1 ms" }] } }),
      /cpu/,
    ],
    [
      "calls are made side by side",
      part("web", {
        ...web,
        operations: { default: [work, { parallel: [{ call: "cache.get" }] }] },
      }),
      /parallel/,
    ],
    [
      "a call is optional",
      part("web", {
        ...web,
        operations: { default: [work, { call: "cache.get", optional: true }] },
      }),
      /optional/,
    ],
    [
      "work comes after a call",
      part("web", { ...web, operations: { default: [{ call: "cache.get" }, work] } }),
      /more than work/,
    ],
    [
      "a part has two callers",
      {
        "workloads.others": {
          to: "store",
          arrivals: { rate: "1 rps" },
          mix: { read: { share: "100 %" } },
        },
      },
      /more than one other/,
    ],
  ])("%s", (_, change, reason) => {
    expect(needsEvents(loaded(bench("w3.yaml", change))).join("; ")).toMatch(reason);
  });
});
