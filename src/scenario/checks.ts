/**
 * What the schema alone cannot see: names that must exist, shares that must add up, calls that must
 * not go in circles. Every mistake is collected.
 */
import { arrivalProcesses } from "../model/arrivals/index.ts";
import { detectors } from "../model/detectors/index.ts";
import { guards } from "../model/guards/index.ts";
import { keyLaws } from "../model/keys/index.ts";
import { parts } from "../model/parts/index.ts";
import { ANY_OPERATION, splitTarget } from "../model/parts/part.ts";
import { UnusableRate } from "../model/rates/rate.ts";
import { issuesOfPopulation } from "../model/population/issues.ts";
import { classesOf } from "../model/workload.ts";
import { issuesIn, make } from "../schema/definition.ts";
import { formatDuration } from "../schema/format.ts";
import type { Issue } from "../schema/issue.ts";
import { checkAlerts } from "./alertChecks.ts";
import { checkControl } from "./control.ts";
import { checkCost } from "./costChecks.ts";
import { checkFaults, unknownZone } from "./faults.ts";
import type { FilesBeside } from "./files.ts";
import { checkRollouts } from "./rollouts.ts";
import { checkMachines } from "./machines.ts";
import { forecastContext } from "./forecast.ts";
import type { ObjectiveSpec, ScenarioSpec } from "./language.ts";
import {
  missingOperation,
  unnamedOperation,
  PlatformNames,
  unknown,
  type Doubt,
  type Path,
} from "./platformNames.ts";
import { checkReplays } from "./replays.ts";
import { checkNumbers, checkSizes, pathOfClass } from "./sizes.ts";
import { windowOf } from "./window.ts";

/**
 * Every mistake in the names and numbers of a scenario whose shape is right. In one that was mended,
 * nothing is said that rests on what is in doubt.
 */
export function checkScenario(
  scenario: ScenarioSpec,
  files: FilesBeside,
  isDoubtful: Doubt = () => false,
): Issue[] {
  const tooMany = checkNumbers(scenario);
  if (tooMany.length > 0) return tooMany;
  const platform = new PlatformNames(scenario.parts, isDoubtful);
  const issues = [
    ...checkTimes(scenario, isDoubtful),
    ...checkWorkloads(scenario, platform),
    ...checkDemand(scenario, files, isDoubtful),
    ...checkParts(scenario, platform),
    ...checkHealth(scenario, platform),
    ...checkGuards(scenario, platform),
    ...checkControl(scenario, platform, isDoubtful, files),
    ...checkFaults(scenario, platform),
    ...checkMachines(scenario, isDoubtful),
    ...checkRollouts(scenario, platform),
    ...checkLinks(scenario, platform),
    ...checkObjectives(scenario, isDoubtful),
    ...(["monitoring", "run", "workloads"].some((field) => isDoubtful([field]))
      ? []
      : checkAlerts(scenario, platform, classNames(scenario))),
    ...(isDoubtful(["cost"]) ? [] : checkCost(scenario, platform)),
    ...(isDoubtful([]) ? [] : checkSizes(scenario, files)),
  ];
  return issues.filter(({ path }) => !isDoubtful(path, DEEPEST_CAUSE));
}

/** An issue rests on what stands at most this many levels below its path. */
const DEEPEST_CAUSE = 2;

function checkTimes({ run, faults: specs }: ScenarioSpec, isDoubtful: Doubt): Issue[] {
  if (isDoubtful(["run", "duration"])) return [];
  const issues: Issue[] = [];
  if (run["warm-up"] >= run.duration) {
    issues.push({
      path: ["run", "warm-up"],
      message: "the warm-up leaves nothing of the run to measure",
    });
  }
  specs.forEach((spec, index) => {
    if ("at" in spec && spec.at !== undefined && spec.at >= run.duration) {
      issues.push({ path: ["faults", index, "at"], message: "this is after the end of the run" });
    }
  });
  return issues;
}

function checkWorkloads({ workloads }: ScenarioSpec, platform: PlatformNames): Issue[] {
  const owners = new Map<string, string>();
  const issues: Issue[] = [];
  if (Object.keys(workloads).length === 0) {
    issues.push({
      path: ["workloads"],
      message: "nobody asks for anything; expected at least one workload",
    });
  }
  const attacks = Object.entries(workloads).filter(([, { attack }]) => attack);
  if (attacks.length > 0 && attacks.length === Object.keys(workloads).length) {
    issues.push({
      path: ["workloads", attacks[0]![0], "attack"],
      message: "every workload is an attack; expected one of people who should be answered",
    });
  }
  for (const [workload, spec] of Object.entries(workloads)) {
    const path = ["workloads", workload];
    const entries: [Path, string][] = [
      [[...path, "to"], spec.to],
      ...(spec.dns?.also ?? []).map((also, at): [Path, string] => [
        [...path, "dns", "also", at],
        also,
      ]),
    ];
    for (const [at, entry] of entries) issues.push(...platform.unknown(at, entry));
    if (spec.arrivals !== undefined) {
      issues.push(...issuesIn(arrivalProcesses, spec.arrivals, [...path, "arrivals"]));
    }
    const classes = classesOf(workload, spec);
    for (const { name, operation, keys } of classes) {
      const at = pathOfClass(path, name, spec);
      if (keys) issues.push(...issuesIn(keyLaws, keys, [...at, "keys"]));
      for (const [, entry] of entries)
        if (platform.has(entry)) issues.push(...missingOperation(at, entry, operation, platform));
      const owner = owners.get(name);
      if (owner !== undefined) {
        const message = `workload ${owner} already has a request class "${name}"; expected names that differ`;
        issues.push({ path: at, message, atKey: true });
      }
      owners.set(name, workload);
    }
    issues.push(...below(path, issuesOfPopulation(spec, classes)));
    if (spec.journey) continue;
    const total = classes.reduce((sum, { share = 0 }) => sum + share, 0);
    if (Math.abs(total - 1) > 1e-9) {
      const percent = Number((total * 100).toFixed(6));
      const message = `the shares add up to ${percent} %; expected 100 %`;
      issues.push({ path: [...path, "mix"], message, atKey: true });
    }
  }
  return issues;
}

/** What files say is read first; rates that rest on a wrong one are not followed. */
function checkDemand(scenario: ScenarioSpec, files: FilesBeside, isDoubtful: Doubt): Issue[] {
  const replays = checkReplays(scenario, files);
  if (replays.length > 0 || isDoubtful(["run", "duration"])) return replays;
  return checkRates(scenario, files);
}

/** A formula may be sound and still go below zero; that shows when it is followed over the run. */
function checkRates({ workloads, run }: ScenarioSpec, files: FilesBeside): Issue[] {
  return Object.entries(workloads).flatMap(([workload, { arrivals }]) => {
    if (arrivals === undefined) return [];
    try {
      make(arrivalProcesses, arrivals, forecastContext(run.duration, files));
      return [];
    } catch (problem) {
      if (!(problem instanceof UnusableRate)) throw problem;
      return [{ path: ["workloads", workload, "arrivals", "rate"], message: problem.message }];
    }
  });
}

function checkParts(scenario: ScenarioSpec, platform: PlatformNames): Issue[] {
  const issues: Issue[] = [];
  for (const [part, spec] of Object.entries(scenario.parts)) {
    const definition = parts.find(({ kind }) => kind === spec.kind);
    issues.push(...below(["parts", part], definition?.check?.(spec as never) ?? []));
    for (const [index, zone] of ("backup-zones" in spec ? spec["backup-zones"] : []).entries()) {
      const at = ["parts", part, "backup-zones", index];
      issues.push(...unknownZone(at, zone, scenario, platform));
    }
    for (const { path, target } of platform.references(part)) {
      const at = ["parts", part, ...path];
      const { part: callee, operation } = splitTarget(target);
      issues.push(...platform.unknown(at, callee));
      const isFront = "like" in platform.anatomy(part).operations(spec);
      if (!platform.has(callee) || platform.isVague(callee)) continue;
      if (!isFront) issues.push(...missingOperation(at, callee, operation, platform));
      else if (platform.anatomy(part).choosesInstances && !platform.anatomy(callee).hasFleet) {
        issues.push({ path: at, message: `${callee} runs on no instances to choose from` });
      }
    }
  }
  return [...issues, ...circles(platform)];
}

/** What health checks ask of the instances they check. */
function checkHealth(scenario: ScenarioSpec, platform: PlatformNames): Issue[] {
  return Object.entries(scenario.parts).flatMap(([part, spec]) => {
    if (!("health-check" in spec)) return [];
    const path = ["parts", part, "health-check"];
    const check = spec["health-check"];
    const own = issuesIn(detectors, check, path);
    const checked = "to" in spec ? spec.to : part;
    if (!("probe" in check) || check.probe === "connection" || !platform.has(checked)) return own;
    if (platform.isVague(checked)) return own;
    const { operation = ANY_OPERATION } = check;
    if (!platform.anatomy(checked).hasSlots) {
      const message = `${checked} has no slots in which an instance could serve a probe`;
      return [...own, { path: [...path, "probe"], message }];
    }
    const at = check.operation === undefined ? path : [...path, "operation"];
    return [...own, ...missingOperation(at, checked, operation, platform)];
  });
}

/** What the guards at the doors of parts name. */
function checkGuards(scenario: ScenarioSpec, platform: PlatformNames): Issue[] {
  const classes = classNames(scenario);
  return Object.entries(scenario.parts).flatMap(([part, { guards: specs = [] }]) =>
    specs.flatMap((spec, index) => {
      const path = ["parts", part, "guards", index];
      const definition = guards.find(({ kind }) => kind === spec.kind)!;
      const named = definition.references(spec as never).flatMap((reference) => {
        const at = [...path, ...reference.path];
        return reference.to === "operation"
          ? unnamedOperation(at, part, reference.name, platform)
          : unknown(at, reference.to, reference.name, classes, at.at(-1) === reference.name);
      });
      const misplaced =
        spec.per === "instance" && !platform.anatomy(part).hasSlots
          ? [
              {
                path: [...path, "per"],
                message: `no calls are served on instances of ${part} itself`,
              },
            ]
          : [];
      return [...below(path, definition.check?.(spec as never) ?? []), ...named, ...misplaced];
    }),
  );
}

/** Calls that come back to the part they started from would never end. */
function circles(platform: PlatformNames): Issue[] {
  const done = new Set<string>();
  const issues: Issue[] = [];
  const visit = (part: string, trail: readonly string[]) => {
    if (trail.includes(part)) {
      const circle = [...trail.slice(trail.indexOf(part)), part].join(" → ");
      issues.push({
        path: ["parts", part],
        message: `calls go in a circle: ${circle}`,
        atKey: true,
      });
      return;
    }
    if (done.has(part) || !platform.has(part)) return;
    for (const { target } of platform.references(part)) {
      visit(splitTarget(target).part, [...trail, part]);
    }
    done.add(part);
  };
  for (const part of platform.names) visit(part, []);
  return issues;
}

/** Zones of regions stand somewhere, and in one region each. */
function checkLinks(scenario: ScenarioSpec, platform: PlatformNames): Issue[] {
  const regions = new Map<string, string>();
  return Object.entries(scenario.links?.regions ?? {}).flatMap(([region, zones]) =>
    zones.flatMap((zone, index) => {
      const path = ["links", "regions", region, index];
      const other = regions.get(zone);
      regions.set(zone, region);
      if (other === undefined) return unknownZone(path, zone, scenario, platform);
      return [{ path, message: `zone ${zone} is in ${other} already` }];
    }),
  );
}

function checkObjectives(scenario: ScenarioSpec, isDoubtful: Doubt): Issue[] {
  const workloads = Object.keys(scenario.workloads);
  if (workloads.some((workload) => isDoubtful(["workloads", workload, "mix"], 1))) return [];
  const classes = classNames(scenario);
  const { bad, of: all } = scenario.history.slices;
  const history =
    bad > all
      ? [{ path: ["history", "slices", "bad"], message: `expected at most all ${all} of them` }]
      : [];
  const objectives = scenario.objectives.flatMap((objective, index) => {
    const path = ["objectives", index];
    const { of } = objective;
    return [
      ...(of === undefined ? [] : unknown([...path, "of"], "request class", of, classes)),
      ...(!isDoubtful(["run"]) ? below(path, issuesOfBudget(objective, windowOf(scenario))) : []),
    ];
  });
  return [...history, ...objectives];
}

/** Windows of a promise that fit each other. */
function issuesOfBudget(
  { slice, "of-slices": ofSlices, ...promise }: ObjectiveSpec,
  window: number,
): Issue[] {
  const { period, elapsed } = promise;
  return [
    ...("latency" in promise && period !== undefined && ofSlices === undefined
      ? [{ path: ["period"], message: "expected `slice` and `of-slices`, which its budget is of" }]
      : []),
    ...(ofSlices !== undefined && slice === undefined
      ? [{ path: ["of-slices"], message: "expected `slice` too, the length of the time slices" }]
      : []),
    ...(elapsed !== undefined && (period === undefined || elapsed >= period)
      ? [{ path: ["elapsed"], message: "expected a longer `period` of which this has passed" }]
      : []),
    ...(slice !== undefined && slice % window !== 0
      ? [
          {
            path: ["slice"],
            message: `slices are made of windows of ${formatDuration(window)}; expected a multiple of it`,
          },
        ]
      : []),
  ];
}

function classNames({ workloads }: ScenarioSpec): string[] {
  return Object.entries(workloads).flatMap(([workload, spec]) =>
    classesOf(workload, spec).map(({ name }) => name),
  );
}

function below(path: Path, issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}
