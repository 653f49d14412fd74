/** Machines, nodes, rollouts: mistakes at their line and column, and what nodes cost. */
import { describe, expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { sentence, sorted } from "../../src/scenario/diagnostics.ts";
import { checkScenarioFile } from "../../src/scenario/load.ts";

function said(lines: { fleet?: string; nodes?: string; more?: string }): string[] {
  const { fleet = "instances: 1", nodes = "general: { type: c7g.xlarge }", more = "" } = lines;
  const text = `title: A night
run: { duration: 1 h }
workloads: { shoppers: { to: web, arrivals: { kind: poisson, rate: 1 rps } } }
nodes: { ${nodes} }
parts:
  kept: { kind: cache, behind: db }
  db: { kind: database, slots: 1 }
  web: { kind: service, slots: 1, work: 1 ms, fleet: { ${fleet} } }
${more}
`;
  const readFile = (): string => {
    throw new Error("there are no files");
  };
  const loaded = checkScenarioFile({ file: "a.yaml", text, readFile, set: [], variant: null });
  if (loaded.ok) return [];
  return sorted(loaded.issues).map((issue) => {
    const { place } = issue;
    return `${"line" in place ? `${place.line}:${place.column}` : place.flag}: ${sentence(issue)}`;
  });
}

describe("types of nodes", () => {
  const scaler = "scaler: { kind: karpenter, max: 4 }";

  test("are told once, each for itself, for somebody who chooses", () => {
    const types = "types: [{ type: c7g.large }, { type: c7g.xlarge, max: 2 }]";
    expect(said({ nodes: `general: { ${types}, ${scaler} }` })).toEqual([]);
    expect(said({ nodes: `general: { ${types} }` })).toEqual([
      "4:21: nodes.general.types: nothing chooses among these; expected a `scaler`",
    ]);
    expect(said({ nodes: `general: { ${types}, cores: 2, ${scaler} }` })).toEqual([
      "4:88: nodes.general.cores: each of `types` says this for itself",
    ]);
    const twice = "types: [{ type: c7g.large }, { type: c7g.large }]";
    expect(said({ nodes: `general: { ${twice}, ${scaler} }` })).toEqual([
      "4:58: nodes.general.types.1.type: c7g.large is in the list already; expected types that differ",
    ]);
    expect(said({ nodes: `general: { types: [{ type: c7g.lage }], ${scaler} }` })[0]).toMatch(
      /^4:37: nodes.general.types.0.type: .*did you mean "c7g.large"\?$/,
    );
  });

  test("have room for every pod, one of them at least", () => {
    const types = "types: [{ type: c7g.large }, { type: c7g.xlarge, memory: 1 GiB }]";
    const nodes = `general: { ${types}, ${scaler} }`;
    expect(said({ nodes, fleet: "on: general, pod: { cores: 4, memory: 1 GiB }" })).toEqual([]);
    expect(said({ nodes, fleet: "on: general, pod: { cores: 5 }" })).toEqual([
      "8:69: parts.web.fleet.pod: a pod asks for 5 cores and a node of general has 4",
    ]);
    expect(said({ nodes, fleet: "on: general, pod: { cores: 4, memory: 2 GiB }" })).toEqual([
      "8:69: parts.web.fleet.pod: a pod asks for more memory than a node of general has",
    ]);
  });
});

describe("pods", () => {
  test("live on nodes that are there", () => {
    expect(said({ fleet: "on: general, pod: { cores: 2 }" })).toEqual([]);
    expect(said({ fleet: "on: generel" })).toEqual([
      '8:60: parts.web.fleet.on: there is no node pool "generel"; there is general; did you mean "general"?',
    ]);
    expect(said({ fleet: "pod: { cores: 2 }" })).toEqual([
      "8:56: parts.web.fleet.pod: a pod lives on a node; expected the node pool, as `on`",
    ]);
  });

  test("have neither a type nor a warm pool of their own", () => {
    expect(said({ fleet: "on: general, type: c7g.large" })).toEqual([
      "8:75: parts.web.fleet.type: this belongs to a machine of its own; with `on` the nodes have it",
    ]);
  });

  test("fit on a node", () => {
    expect(said({ fleet: "on: general, pod: { cores: 5 }" })).toEqual([
      "8:69: parts.web.fleet.pod: a pod asks for 5 cores and a node of general has 4",
    ]);
    expect(
      said({ fleet: "on: general, pod: { memory: 2 GiB }", nodes: "general: { memory: 1 GiB }" }),
    ).toEqual(["8:69: parts.web.fleet.pod: a pod asks for more memory than a node of general has"]);
  });
});

test("nodes have a name of their own and a type that has a price", () => {
  expect(said({ nodes: "web: {}" })).toEqual([
    "4:10: nodes.web: there is a part web already; expected names that differ",
  ]);
  expect(said({ nodes: "general: { type: c7g.xlagre }" })[0]).toMatch(
    /^4:27: nodes.general.type: there is no instance type "c7g.xlagre".*; did you mean "c7g.xlarge"\?$/,
  );
});

test("quotas say something, and leave room for what is there", () => {
  expect(said({ more: "supply: { quotas: [{ of: c7g.xlarge }] }" })).toEqual([
    "9:20: supply.quotas.0: a quota of nothing; expected `instances` or `cores`",
  ]);
  expect(said({ more: "supply: { quotas: [{ instances: 3 }] }" })).toEqual([
    "9:33: supply.quotas.0.instances: 4 instances are there at the start, more than the quota",
  ]);
});

describe("rollouts", () => {
  const more = (rollout: string) => said({ more: `rollouts: [{ at: 1 min, ${rollout} }]` });

  test("are of parts with instances, within the run", () => {
    expect(more("kind: rolling, of: web")).toEqual([]);
    expect(more("kind: rolling, of: wep")[0]).toMatch(/^9:44: .*; did you mean "web"\?$/);
    expect(said({ more: "rollouts: [{ kind: rolling, of: web, at: 2 h }]" })).toEqual([
      "9:42: rollouts.0.at: this is after the end of the run",
    ]);
  });

  test("of a cache renew it, and cannot make calls slower that it does not work on", () => {
    expect(more("kind: rolling, of: kept")).toEqual([]);
    expect(more("kind: rolling, of: kept, version: { slower: 2 }")).toEqual([
      "9:69: rollouts.0.version.slower: kept has no slots: no calls are at work on its instances",
    ]);
  });

  test("of a cache cannot switch over, since nobody but its callers chooses among its instances", () => {
    expect(more("kind: blue-green, of: kept")).toEqual([
      "9:31: rollouts.0.kind: callers choose among the instances of kept themselves, and cannot be switched over",
    ]);
  });

  test("are rolled back for something that is measured", () => {
    expect(more("kind: rolling, of: web, roll-back-if: { window: 1 min }")).toEqual([
      "9:49: rollouts.0.roll-back-if: nothing is measured; expected `error-rate-above` or `latency-above`",
    ]);
    expect(more("kind: canary, of: web, steps: [{ for: 1 min }]")).toEqual([
      "9:56: rollouts.0.steps.0: a step has either a `weight` or `instances`",
    ]);
  });
});

describe("what nodes cost", () => {
  const scenario = (more: object) => ({
    title: "An hour",
    run: { duration: "1 h" },
    workloads: { shoppers: { to: "web", arrivals: { kind: "poisson", rate: "1 rps" } } },
    nodes: { general: { type: "box", nodes: 2 } },
    parts: {
      web: { kind: "service", slots: 1, work: "1 ms", fleet: { on: "general", instances: 2 } },
    },
    cost: { prices: { box: { price: "3.6 USD/hour", cores: 4 } } },
    ...more,
  });

  test("is one row for each pool, and pods cost nothing", async () => {
    const { cost } = await run(scenario({}));
    expect(cost.total).toBe("7.20");
    expect(cost.parts.map(({ part, total, states }) => ({ part, total, states }))).toEqual([
      { part: "general", total: "7.20", states: { serving: "7.20" } },
    ]);
  });

  test("can be bought on other terms", async () => {
    const purchase = { general: { reserved: { instances: 1, discount: "50 %" } } };
    const prices = { box: { price: "3.6 USD/hour", cores: 4 } };
    const { cost } = await run(scenario({ cost: { prices, purchase } }));
    expect(cost.total).toBe("5.40");
  });

  test("a warm pool that runs is paid for like the instances it waits for", async () => {
    const fleet = { type: "box", "warm-pool": { size: 2, state: "running" } };
    const parts = { web: { kind: "service", slots: 1, work: "1 ms", fleet } };
    const { cost } = await run(scenario({ parts, nodes: {} }));
    expect(cost.total).toBe("10.80");
    expect(cost.parts[0]!.states["standby"]).toBe("7.20");
  });
});
