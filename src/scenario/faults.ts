/** What faults name: parts of the right sort, zones, regions, operations, ends of links. */
import { faults } from "../model/faults/index.ts";
import type { Prey } from "../model/faults/fault.ts";
import type { Anatomy } from "../model/parts/part.ts";
import { issuesIn } from "../schema/definition.ts";
import type { Issue } from "../schema/issue.ts";
import type { ScenarioSpec } from "./language.ts";
import { missingOperation, unknown, type Path, type PlatformNames } from "./platformNames.ts";

/** What a fault may hit, in words and in anatomy. */
const preys: Readonly<Record<Prey, [string, (anatomy: Anatomy<unknown>) => boolean]>> = {
  instances: ["part with instances", ({ hasFleet }) => hasFleet],
  slots: ["part with slots", ({ hasSlots }) => hasSlots],
  caches: ["cache", ({ needsKeys }) => needsKeys !== undefined],
  balancers: ["load balancer", ({ choosesInstances }) => choosesInstances === true],
  parts: ["part", () => true],
};

/** The fields of faults that name something. */
interface Naming {
  readonly of?: string | readonly string[];
  readonly operations?: readonly string[] | undefined;
  readonly zone?: string | undefined;
  readonly region?: string | undefined;
  readonly between?: readonly string[];
  readonly node?: number | undefined;
}

export function checkFaults(scenario: ScenarioSpec, platform: PlatformNames): Issue[] {
  return scenario.faults.flatMap((spec, index) => {
    const path = ["faults", index];
    const { prey = "instances", needsLinks } = faults.find(({ kind }) => kind === spec.kind)!;
    const naming: Naming = spec;
    return [
      ...issuesIn(faults, spec, path),
      ...checkPrey(path, naming, prey, platform, Object.keys(scenario.nodes)),
      ...(prey === "balancers" ? checkNodes(path, naming, scenario) : []),
      ...checkPlaces(path, naming, scenario, platform),
      ...(needsLinks && scenario.links === undefined
        ? [{ path, message: "calls arrive at once where there are no links; expected `links`" }]
        : []),
    ];
  });
}

function checkPrey(
  path: Path,
  { of = [], operations = [] }: Naming,
  prey: Prey,
  platform: PlatformNames,
  pools: readonly string[],
): Issue[] {
  const [what, fits] = preys[prey];
  const known = [...platform.namesOf(fits), ...(prey === "instances" ? pools : [])];
  return [of].flat().flatMap((part, position) => {
    if (platform.isVague(part)) return [];
    const at = typeof of === "string" ? [...path, "of"] : [...path, "of", position];
    const strange = unknown(at, what, part, known);
    if (strange.length > 0) return strange;
    return operations.flatMap((operation, index) =>
      missingOperation([...path, "operations", index], part, operation, platform),
    );
  });
}

/** Only a balancer that says so has nodes of its own. */
function checkNodes(path: Path, { of, node = 1 }: Naming, { parts }: ScenarioSpec): Issue[] {
  const spec = parts[of as string];
  if (spec?.kind !== "load-balancer") return [];
  if (spec.vrrp === undefined) {
    const message = `${String(of)} is not said to have nodes; expected \`vrrp\` in it`;
    return [{ path: [...path, "of"], message }];
  }
  const nodes = spec.vrrp.priorities.length;
  return node <= nodes ? [] : [{ path: [...path, "node"], message: `there are ${nodes} nodes` }];
}

function checkPlaces(
  path: Path,
  { zone, region, between = [] }: Naming,
  scenario: ScenarioSpec,
  platform: PlatformNames,
): Issue[] {
  const regions = Object.keys(scenario.links?.regions ?? {});
  const ends = ["internet", ...regions, ...platform.names, ...zonesOf(scenario)];
  return [
    ...(zone === undefined ? [] : unknownZone([...path, "zone"], zone, scenario, platform)),
    ...(region === undefined ? [] : unknown([...path, "region"], "region", region, regions)),
    ...between.flatMap((end, index) =>
      isVagueFleet(platform)
        ? []
        : unknown([...path, "between", index], "zone, region or part", end, ends),
    ),
  ];
}

export function unknownZone(
  path: Path,
  zone: string,
  scenario: ScenarioSpec,
  platform: PlatformNames,
): Issue[] {
  if (isVagueFleet(platform)) return [];
  const zones = zonesOf(scenario);
  return zones.includes(zone) ? [] : unknown(path, "zone", zone, zones);
}

function isVagueFleet(platform: PlatformNames): boolean {
  return platform.names.some((part) => platform.hasVagueFleet(part));
}

function zonesOf({ parts, nodes }: ScenarioSpec): string[] {
  const fleets = Object.values(parts).flatMap((part) => ("fleet" in part ? [part.fleet] : []));
  return [...fleets, ...Object.values(nodes)].flatMap(({ zones }) => zones);
}
