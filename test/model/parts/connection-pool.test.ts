/** Connections of each calling instance, in calls whose times can be worked out. */
import { describe, expect, test } from "vitest";
import { checkScenarioFile } from "../../../src/scenario/load.ts";
import { Rehearsal, type Platform } from "../../support/rehearsal.ts";

const plain = { kind: "service", "health-check": "none", slots: 100 };
const machines = (...zones: string[]) => ({ zones, instances: zones.length, "start-up": "0 s" });

/** web calls store through a pool; a call takes the store one second. */
const shop = (pool: object, web: object = {}, store: object = {}) => ({
  web: { ...plain, operations: { default: [{ call: "pool.read" }] }, ...web },
  pool: { kind: "connection-pool", to: "store", ...pool },
  store: { ...plain, work: "1 s", ...store },
});

function play(parts: Record<string, object>, asks: readonly number[], platform: Platform = {}) {
  const rehearsal = new Rehearsal(parts, platform);
  for (const at of asks) rehearsal.ask(at, "web");
  rehearsal.run(60);
  expect(rehearsal.live).toBe(0);
  return rehearsal;
}

describe("a call without a connection", () => {
  test("waits for one, first come, first served", () => {
    const { endings } = play(shop({ connections: 2 }), [0, 0.1, 0.2, 0.3, 0.4]);
    expect(endings).toEqual(["1 a ok", "1.1 b ok", "2 c ok", "2.1 d ok", "3 e ok"]);
  });

  test("is rejected when it has waited too long, and those behind it move up", () => {
    const pool = { connections: 1, "wait-timeout": "1.5 s" };
    const rehearsal = play(shop(pool), [0, 0.1, 0.2, 0.9]);
    expect(rehearsal.endings).toEqual(["1 a ok", "1.7 c error", "2 b ok", "3 d ok"]);
    expect(rehearsal.counts("pool")).toEqual({ arrived: 4, ok: 3, rejected: 1 });
  });

  test("takes none when its caller has given up by its turn; one that has a connection keeps it", () => {
    const web = { operations: { default: [{ call: "pool.read", timeout: "500 ms" }] } };
    const parts = shop({ connections: 1 }, web);
    const rehearsal = play(parts, [0, 0.1, 0.8]);
    expect(rehearsal.endings).toEqual(["0.5 a error", "0.6 b error", "1.3 c error"]);
    // a has the store until 1, b never, c from 1 to 2.
    expect(rehearsal.counts("store")).toEqual({ arrived: 2, ok: 2 });
    const { busyTime, slotBusyTime } = rehearsal.part("pool").read();
    expect([busyTime / 1e9, slotBusyTime / 1e9]).toEqual([2, 2]);
  });

  test("gives its connection or its place in the queue back when it is called off", () => {
    const call = { call: "pool.read", timeout: "500 ms", cancellation: "propagate" };
    const parts = shop({ connections: 1 }, { operations: { default: [call] } });
    const rehearsal = play(parts, [0, 0.1, 0.2, 0.8]);
    expect(rehearsal.endings).toEqual(["0.5 a error", "0.6 b error", "0.7 c error", "1.3 d error"]);
    // a has the store until 0.5, b until 0.6, c until 0.7, d from 0.8 to 1.3.
    expect(rehearsal.counts("store")).toEqual({ arrived: 4, cancelled: 4 });
    expect(rehearsal.part("pool").read().busyTime / 1e9).toBeCloseTo(1.2, 9);
  });

  test("does not wait for connections of other instances", () => {
    const { endings } = play(shop({ connections: 1 }, { fleet: machines("a", "a") }), [0, 0, 0]);
    expect(endings).toEqual(["1 a ok", "1 b ok", "2 c ok"]);
  });
});

test("a store that turns calls away at once gives connections back at once", () => {
  const store = { slots: 1, queue: { limit: 0 } };
  const { endings } = play(shop({ connections: 2 }, {}, store), [0, 0.5, 0.6, 1.5]);
  expect(endings).toEqual(["0.5 b error", "0.6 c error", "1 a ok", "2.5 d ok"]);
});

test("an instance that dies loses its pool, and the calls that wait in it", () => {
  const parts = shop({ connections: 1 }, { fleet: machines("a") });
  const faults = [{ kind: "crash", of: "web", at: "0.5 s", repair: "0.2 s" }];
  const rehearsal = play(parts, [0, 0, 0.8], { faults });
  expect(rehearsal.endings).toEqual(["0.5 a lost", "0.5 b lost", "1.8 c ok"]);
  // a still has the store until 1, c from 0.8 on; b never comes there.
  expect(rehearsal.counts("store")).toEqual({ arrived: 2, ok: 2 });
  expect(rehearsal.counts("pool")).toEqual({ arrived: 3, ok: 2, lost: 1 });
});

test("calls come from where the pool's owner is", () => {
  const links = { "same-zone": { latency: "10 ms" }, "cross-zone": { latency: "100 ms" } };
  const parts = shop({}, { fleet: machines("a") }, { fleet: machines("b") });
  // Over the internet at once, to the pool at once, to the other zone and back.
  expect(play(parts, [0], { links }).endings).toEqual(["1.2 a ok"]);
});

test("a zone-aware balancer behind a pool knows the zone of the caller", () => {
  const store = { fleet: machines("b", "a"), balancer: { kind: "zone-aware", "min-backends": 1 } };
  const parts = shop({}, { fleet: machines("a") }, store);
  const links = { "cross-zone": { latency: "100 ms" } };
  expect(play(parts, [0, 0.1], { links }).endings).toEqual(["1 a ok", "1.1 b ok"]);
});

test("a pool may lead to whatever answers calls; what is not there is told at its place", () => {
  const issues = (to: string) => {
    const text = `
title: pools
run: { duration: 1 s }
workloads:
  shoppers:
    to: pool
    arrivals: { kind: poisson, rate: 1 rps }
    mix: { read: { share: 100 %, keys: { kind: uniform, items: 10 } } }
parts:
  pool: { kind: connection-pool, to: ${to} }
  memory: { kind: cache, behind: store.read }
  edge: { kind: load-balancer, to: store }
  store: { kind: database, slots: 1 }
`;
    const readFile = (): string => "";
    const file = { file: "night.yaml", text, readFile, set: [], variant: null };
    const checked = checkScenarioFile(file);
    return checked.ok ? [] : checked.issues.map(({ message }) => message);
  };
  for (const to of ["memory", "edge", "store"]) expect(issues(to)).toEqual([]);
  expect(issues("stor").join()).toContain('there is no part "stor"');
  expect(issues("pool").join()).toContain("calls go in a circle");
});
