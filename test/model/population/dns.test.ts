/** Entries by name: clients keep to the one they were told, for a time. */
import { expect, test } from "vitest";
import { run, ScenarioError } from "../../../src/index.ts";

const site = { kind: "service", slots: 9, work: "1 s" };

async function arrivedAt(workload: object, more: object = {}, parts: object = {}) {
  const result = await run({
    title: "Names",
    run: { duration: "30500 ms", replications: 1 },
    workloads: { user: { to: "east", ...workload } },
    parts: { east: site, west: site, ...parts },
    ...more,
  });
  return Object.fromEntries(result.parts.map(({ name, calls }) => [name, calls.arrived]));
}

const oneByOne = { arrivals: { kind: "deterministic", rate: "1 rps" } };
const dns = { also: ["west"], ttl: "10 s", caches: 1 };

test("entries are told in turn, each kept for the time to live", async () => {
  // East is told at 1 and kept to 12, west at 13 and kept to 24, east at 25.
  const told = { ...dns, ttl: "12 s" };
  expect(await arrivedAt({ ...oneByOne, dns: told })).toEqual({ east: 18, west: 12 });
});

test("without time to live every request is told another", async () => {
  const told = { ...dns, ttl: "0 s" };
  expect(await arrivedAt({ ...oneByOne, dns: told })).toEqual({ east: 15, west: 15 });
});

const faults = [{ kind: "crash", of: "east", at: "4500 ms", repair: "60 s" }];

test("a user keeps to an entry that is down until the time to live is over", async () => {
  // East answers the visits of 1 and 3 and refuses those of 5, 6, 7, 8, 9 and 10. West is told at 11
  // and again at 21, for east is down, and answers every two seconds: at 11, 13, …, 29.
  const users = { count: 1, think: "1 s" };
  expect(await arrivedAt({ users, dns }, { faults })).toEqual({ east: 8, west: 10 });
});

test("a load balancer is down when it has no backend", async () => {
  // East's balancer is told at 1 and kept to 10; it is told nobody at 11 and 21.
  const edge = { kind: "load-balancer", to: "east" };
  const check = { interval: "2 s", timeout: "1500 ms", rise: 1, fall: 1 };
  const workload = { ...oneByOne, to: "edge", dns };
  const parts = { edge: { ...edge, "health-check": check } };
  expect(await arrivedAt(workload, { faults }, parts)).toMatchObject({ edge: 10, west: 20 });
});

test("an entry that is nowhere is said to be so", async () => {
  const problem = await arrivedAt({ ...oneByOne, dns: { also: ["wst"] } }).catch((each) => each);
  expect(problem).toBeInstanceOf(ScenarioError);
  expect(problem.message).toContain('workloads.user.dns.also.0: there is no part "wst"');
});
