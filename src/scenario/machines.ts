/** What is wrong with the machines of a scenario: fleets, the nodes under them, and what may be launched. */
import { scalersOf, scalingOf } from "../model/autoscalers/index.ts";
import type { FleetSpec } from "../model/fleetSpec.ts";
import { nodeTypesOf, type NodePoolSpec, type NodeTypeSpec } from "../model/nodePoolSpec.ts";
import type { Issue } from "../schema/issue.ts";
import type { ScenarioSpec } from "./language.ts";
import { unknown, type Doubt, type Path } from "./platformNames.ts";
import { pricingOf } from "./pricing.ts";

/** Every instance type that a scenario runs on, and where it says so. */
export function pricedTypes({
  parts,
  nodes,
  autoscalers,
}: ScenarioSpec): { type: string; path: Path }[] {
  const fleets = fleetsOf(parts).map(({ part, fleet }) => ({
    type: fleet.type,
    path: ["parts", part, "fleet", "type"],
  }));
  const pools = Object.entries(nodes).flatMap(([pool, spec]) =>
    nodeTypesOf(spec).map(({ type }, index) => ({
      type,
      path: ["nodes", pool, ...(spec.types ? ["types", index] : []), "type"],
    })),
  );
  const sizes = Object.entries(autoscalers).flatMap(([part, spec]) => {
    return scalersOf(spec).flatMap(({ spec: each, path: at }) =>
      (scalingOf(each).types?.(each as never) ?? []).map(({ type, path }) => ({
        type,
        path: ["autoscalers", part, ...at, ...path],
      })),
    );
  });
  return [...fleets, ...pools, ...sizes].flatMap(({ type, path }) =>
    type === undefined ? [] : [{ type, path }],
  );
}

/** Where the prices of the machines are from and of which day, for reports. */
export function priceSources(scenario: ScenarioSpec): string {
  const { title } = pricingOf(scenario).catalogue;
  const isOwn = ({ type }: { type: string }) => Object.hasOwn(scenario.cost.prices, type);
  const types = pricedTypes(scenario);
  if (types.length > 0 && types.every(isOwn)) return "the scenario's own";
  return types.some(isOwn) ? `${title}; and the scenario's own` : title;
}

export function checkMachines(scenario: ScenarioSpec, isDoubtful: Doubt): Issue[] {
  if (isDoubtful(["nodes"])) return [];
  return [...checkPods(scenario), ...checkNodes(scenario), ...checkSupply(scenario)];
}

function fleetsOf(parts: ScenarioSpec["parts"]): { part: string; fleet: FleetSpec }[] {
  return Object.entries(parts).flatMap(([part, spec]) =>
    "fleet" in spec ? [{ part, fleet: spec.fleet }] : [],
  );
}

/** Pods live on nodes that are there, on which at least one has room. */
function checkPods(scenario: ScenarioSpec): Issue[] {
  return fleetsOf(scenario.parts).flatMap(({ part, fleet }) => {
    const path = ["parts", part, "fleet"];
    if (fleet.on === undefined) {
      const message = "a pod lives on a node; expected the node pool, as `on`";
      return fleet.pod === undefined ? [] : [{ path: [...path, "pod"], message }];
    }
    const known = Object.keys(scenario.nodes);
    if (!known.includes(fleet.on)) return unknown([...path, "on"], "node pool", fleet.on, known);
    return [...misplaced(fleet, path), ...tooLarge(fleet, fleet.on, scenario, path)];
  });
}

/** What machines have and pods have not. */
function misplaced(fleet: FleetSpec, path: Path): Issue[] {
  const message = "this belongs to a machine of its own; with `on` the nodes have it";
  return (["type", "warm-pool", "standby"] as const)
    .filter((field) => fleet[field] !== undefined)
    .map((field) => ({ path: [...path, field], message }));
}

function tooLarge({ pod }: FleetSpec, on: string, scenario: ScenarioSpec, path: Path): Issue[] {
  const types = nodeTypesOf(scenario.nodes[on]!);
  const wanted = pod?.cores ?? 1;
  const offered = Math.max(...types.map((type) => coresOf(type, scenario)));
  if (wanted > offered) {
    const message = `a pod asks for ${wanted} cores and a node of ${on} has ${offered}`;
    return [{ path: [...path, "pod"], message }];
  }
  const wide = types.filter((type) => wanted <= coresOf(type, scenario));
  if (wide.every(({ memory = Infinity }) => (pod?.memory ?? 0) > memory))
    return [
      { path: [...path, "pod"], message: `a pod asks for more memory than a node of ${on} has` },
    ];
  return [];
}

function coresOf({ type, cores }: NodeTypeSpec, scenario: ScenarioSpec): number {
  if (cores !== undefined) return cores;
  return type === undefined ? 1 : (pricingOf(scenario).types.get(type)?.cores ?? Infinity);
}

function checkNodes({ nodes, parts }: ScenarioSpec): Issue[] {
  return Object.entries(nodes).flatMap(([pool, spec]) => {
    const path = ["nodes", pool];
    const message = `there is a part ${pool} already; expected names that differ`;
    const isTaken = Object.hasOwn(parts, pool);
    return [...(isTaken ? [{ path, message, atKey: true }] : []), ...checkTypes(spec, path)];
  });
}

/** Several types say for themselves what the pool says of one, and somebody chooses among them. */
function checkTypes(spec: NodePoolSpec, path: Path): Issue[] {
  const { types, scaler } = spec;
  if (types === undefined) return [];
  const doubled = (["type", "cores", "memory"] as const)
    .filter((field) => spec[field] !== undefined)
    .map((field) => ({ path: [...path, field], message: "each of `types` says this for itself" }));
  const repeated = types.flatMap(({ type }, index) => {
    const isFirst = types.findIndex((each) => each.type === type) === index;
    const message = `${type} is in the list already; expected types that differ`;
    return isFirst ? [] : [{ path: [...path, "types", index, "type"], message }];
  });
  const idle = scaler.kind === "none" && types.length > 1;
  const message = "nothing chooses among these; expected a `scaler`";
  return [...doubled, ...repeated, ...(idle ? [{ path: [...path, "types"], message }] : [])];
}

/** Quotas that say nothing, or less than there is from the start. */
function checkSupply(scenario: ScenarioSpec): Issue[] {
  const { parts, nodes, supply } = scenario;
  const initial = [
    ...fleetsOf(parts).flatMap(({ fleet }) =>
      fleet.on === undefined ? [{ type: fleet.type, instances: fleet.instances }] : [],
    ),
    ...Object.values(nodes).map((spec) => ({
      type: nodeTypesOf(spec)[0]!.type,
      instances: spec.nodes,
    })),
  ];
  return (supply?.quotas ?? []).flatMap(({ of, instances, cores }, index) => {
    const path = ["supply", "quotas", index];
    if (instances === undefined && cores === undefined)
      return [{ path, message: "a quota of nothing; expected `instances` or `cores`" }];
    const there = initial
      .filter(({ type }) => of === undefined || type === of)
      .reduce((sum, each) => sum + each.instances, 0);
    if (instances === undefined || there <= instances) return [];
    const message = `${there} instances are there at the start, more than the quota`;
    return [{ path: [...path, "instances"], message }];
  });
}
