/** What a game day tries. What becomes of it is held to sums in test/cli/verbs/drill.test.ts. */
import { expect, test } from "vitest";
import { drillsOf } from "../../src/experiment/drill.ts";
import { run } from "../../src/index.ts";
import { SECOND } from "../../src/kernel/time.ts";
import { loadScenario } from "../../src/scenario/load.ts";

/** Web runs on four nodes in two zones, two pods each, behind a pair of balancers. */
const text = `
title: Pods on nodes behind two balancers
run: { duration: 60 s, window: 5 s }
workloads: { shop: { to: edge, arrivals: { kind: deterministic, rate: 20 rps }, client: { timeout: 1 s } } }
nodes: { pool: { nodes: 4, zones: [x, y], cores: 2 } }
parts:
  edge: { kind: load-balancer, to: web, vrrp: {}, health-check: { interval: 1 s, fall: 2 } }
  web: { kind: service, slots: 4, work: 1 ms, fleet: { instances: 8, on: pool } }
objectives: [{ availability: 99 % }]
faults: [{ kind: crash, of: pool, at: 20 s }]
`;

test("pods go with the zones of their nodes, nodes go too, and so does the master of two balancers", () => {
  const loaded = loadScenario({
    file: "pods.yaml",
    text,
    readFile: () => "",
    set: [],
    variant: null,
  });
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  const moment = { at: 30 * SECOND, length: 6 * SECOND, rate: 20 };
  const tried = drillsOf(loaded.scenario, moment).map(({ part, kind, scenario }) => {
    const [fault] = scenario.faults as readonly { kind: string; zone?: string }[];
    return [part, kind, fault?.kind, fault?.zone].filter((each) => each).join(" ");
  });
  expect(tried).toEqual([
    "nothing",
    "edge crash balancer-crash",
    "edge partition outage",
    "web crash crash",
    "web zone crash x",
    "web slow slow",
    "web partition outage",
    "pool crash crash",
    "pool zone crash x",
    "zone zone-outage x",
    "zone zone-outage y",
  ]);
});

test("the death of a node is noticed when its pods are", async () => {
  const { incidents } = await run(text, {});
  expect(incidents).toMatchObject([{ what: "crash", part: "pool" }]);
  // Two refused probes of one every second: between 1 s and 2 s; the other pod at most 1 s later.
  expect(incidents[0]!.detected).toBeGreaterThanOrEqual(1);
  expect(incidents[0]!.detected).toBeLessThanOrEqual(2);
});
