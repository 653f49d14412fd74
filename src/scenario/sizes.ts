/**
 * Whether a scenario asks more of a machine than it has: instances, items, measurements, requests.
 *
 * A few words can ask for years of work or all of the memory. That is said before anything is built:
 * what was asked, what there may be, and what to change.
 */
import type { Duration } from "../kernel/time.ts";
import { arrivalProcesses, type ArrivalsSpec } from "../model/arrivals/index.ts";
import { scalersOf, scalingOf } from "../model/autoscalers/index.ts";
import { keyLaws, type KeysSpec } from "../model/keys/index.ts";
import { nodeScalers } from "../model/nodeScalers/index.ts";
import { UnusableRate } from "../model/rates/rate.ts";
import { rollouts } from "../model/rollouts/index.ts";
import { classesOf } from "../model/workload.ts";
import type { Issue } from "../schema/issue.ts";
import type { FilesBeside } from "./files.ts";
import { forecastContext } from "./forecast.ts";
import type { ScenarioSpec } from "./language.ts";
import { windowOf } from "./window.ts";

/** Parts of a platform [parts]; what follows their calls goes from part to part on the stack. */
export const MOST_PARTS = 1000;
/** Workloads [workloads]; each rate is followed over the whole run before it begins. */
export const MOST_WORKLOADS = 100;
/** Instances of all fleets together, at their largest [instances]. */
export const MOST_INSTANCES = 100_000;
/** Windows of the time series [windows]; each is a row of every table. */
export const MOST_WINDOWS = 50_000;
/** Measurements kept: replications × windows × (classes + parts), some 400 bytes each. */
export const MOST_MEASUREMENTS = 2_000_000;
/** Memory one replication may take for tables by item [bytes]. */
export const MOST_TABLE_BYTES = 2 ** 30;

/** So many that nothing else should be checked first. */
export function checkNumbers({ parts, workloads }: ScenarioSpec): Issue[] {
  const tooMany = (key: string, map: object, most: number): Issue[] => {
    const { length } = Object.keys(map);
    if (length <= most) return [];
    return [
      { path: [key], message: `found ${written(length)}; expected at most ${written(most)}` },
    ];
  };
  return [
    ...tooMany("parts", parts, MOST_PARTS),
    ...tooMany("workloads", workloads, MOST_WORKLOADS),
  ];
}

/** Every size that is beyond its limit. */
export function checkSizes(scenario: ScenarioSpec, files: FilesBeside): Issue[] {
  return [
    ...checkInstances(scenario),
    ...checkMeasurements(scenario),
    ...checkTables(scenario),
    ...checkRequests(scenario, files),
  ];
}

function checkInstances(scenario: ScenarioSpec): Issue[] {
  const fleets = Object.keys(scenario.parts).map((part) => {
    return { path: ["parts", part], size: largestUpdated(part, scenario) };
  });
  const pools = Object.entries(scenario.nodes).map(([pool, spec]) => {
    return { path: ["nodes", pool], size: mostNodes(spec) };
  });
  const sizes = [...fleets, ...pools];
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  if (total <= MOST_INSTANCES) return [];
  const { path } = sizes.reduce((most, each) => (each.size > most.size ? each : most));
  const message = `the fleets may grow to ${written(total)} instances; expected at most ${written(MOST_INSTANCES)} in all`;
  return [{ path, message, atKey: true }];
}

/** The same with those that its rollouts add for a while, one rollout after another. */
function largestUpdated(part: string, scenario: ScenarioSpec): number {
  const size = largest(part, scenario);
  const extras = scenario.rollouts
    .filter(({ of }) => of === part)
    .map((spec) => {
      const { extra } = rollouts.find(({ kind }) => kind === spec.kind)!;
      return extra(spec as never, size);
    });
  return size + Math.max(0, ...extras);
}

/** The most nodes a pool may come to have. */
function mostNodes({ nodes, scaler }: ScenarioSpec["nodes"][string]): number {
  const { most } = nodeScalers.find(({ kind }) => kind === scaler.kind)!;
  return Math.max(nodes, most(scaler as never));
}

/** The most instances a part may come to have. */
function largest(part: string, { parts, autoscalers: scalers }: ScenarioSpec): number {
  const spec = parts[part]!;
  const initial = "fleet" in spec ? spec.fleet.instances : 0;
  const scaler = Object.hasOwn(scalers, part) ? scalers[part] : undefined;
  if (scaler === undefined) return initial;
  const most = scalersOf(scaler).map(({ spec: each }) => scalingOf(each).most(each as never));
  return Math.max(initial, ...most);
}

function checkMeasurements(scenario: ScenarioSpec): Issue[] {
  const { run, workloads, parts } = scenario;
  const classes = Object.entries(workloads).flatMap(([name, spec]) => classesOf(name, spec));
  const series = classes.length + Object.keys(parts).length;
  const windows = Math.ceil(run.duration / windowOf(scenario));
  if (windows > MOST_WINDOWS) {
    const message = `the run has ${written(windows)} windows; expected at most ${written(MOST_WINDOWS)}: make them longer`;
    return [{ path: ["run", "window"], message }];
  }
  const total = run.replications * windows * series;
  if (total <= MOST_MEASUREMENTS) return [];
  const message =
    `${written(windows)} windows of ${series} classes and parts in ${written(run.replications)} replications ` +
    `are ${written(total)} measurements; expected at most ${written(MOST_MEASUREMENTS)}: ` +
    "ask for fewer replications or longer windows";
  return [{ path: ["run"], message }];
}

/** Popularity laws keep a table of their items, and caches how long each item is fresh. */
function checkTables(scenario: ScenarioSpec): Issue[] {
  const laws = Object.entries(scenario.workloads).flatMap(([workload, spec]) =>
    classesOf(workload, spec).flatMap(({ name, keys }) =>
      keys ? [{ path: [...pathOfClass(["workloads", workload], name, spec), "keys"], keys }] : [],
    ),
  );
  const itemsOf = (keys: KeysSpec) => lawOf(keys).items(keys as never);
  const items = laws.reduce((most, { keys }) => Math.max(most, itemsOf(keys)), 0);
  const caches = Object.entries(scenario.parts).reduce(
    (sum, [part, spec]) =>
      spec.kind === "cache" && spec.ttl !== undefined && spec["hit-ratio"] === undefined
        ? sum + largest(part, scenario)
        : sum,
    0,
  );
  const drawn = laws.reduce((sum, { keys }) => {
    return sum + (lawOf(keys).tableBytes?.(keys as never) ?? 0);
  }, 0);
  const size = drawn + caches * items * BYTES_PER_ITEM_KEPT;
  if (size <= MOST_TABLE_BYTES) return [];
  const { path } = laws.find(({ keys }) => itemsOf(keys) === items)!;
  const message =
    `popularity laws and the ${written(caches)} cache instances with a ttl take tables of ${written(mebibytes(size))} MiB; ` +
    `expected at most ${written(mebibytes(MOST_TABLE_BYTES))} MiB: fewer items or fewer cache instances`;
  return [{ path, message }];
}

function lawOf({ kind }: KeysSpec) {
  return keyLaws.find((law) => law.kind === kind)!;
}

/** Where a class of a workload stands: in its mix, in its journey, or nowhere but in its name. */
export function pathOfClass(
  path: readonly (string | number)[],
  name: string,
  { mix, journey }: ScenarioSpec["workloads"][string],
): readonly (string | number)[] {
  if (journey) return [...path, "journey", "steps", name];
  return mix ? [...path, "mix", name] : path;
}

function mebibytes(size: number): number {
  return Math.ceil(size / 2 ** 20);
}

/** A table by item grows by doubling, so that it may be twice as large as it need be. */
const BYTES_PER_ITEM_KEPT = 16;

/** Each request is an event at least, and the run would be stopped at its limit of events. */
function checkRequests({ run, workloads }: ScenarioSpec, files: FilesBeside): Issue[] {
  return Object.entries(workloads).flatMap(([workload, { arrivals }]) => {
    if (arrivals === undefined) return [];
    const count = expectedArrivals(arrivals, run.duration, files);
    if (count <= run.limits.events) return [];
    const message =
      `about ${count.toPrecision(2)} requests are expected in one run; expected at most ${written(run.limits.events)}: ` +
      "lower the rate, shorten the run, or raise run.limits.events";
    return [{ path: ["workloads", workload, "arrivals", "rate"], message }];
  });
}

/** Requests of a run; 0 for arrivals that cannot be used. */
function expectedArrivals(spec: ArrivalsSpec, duration: Duration, files: FilesBeside): number {
  const arriving = arrivalProcesses.find(({ kind }) => kind === spec.kind)!;
  try {
    return arriving.expected(spec as never, forecastContext(duration, files));
  } catch (problem) {
    if (problem instanceof UnusableRate) return 0;
    throw problem;
  }
}

/** A number with its thousands apart. */
function written(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
