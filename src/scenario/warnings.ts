/** What is allowed but worth a word before anybody trusts the numbers. */
import { faults } from "../model/faults/index.ts";
import { classesOf, type WorkloadSpec } from "../model/workload.ts";
import { formatDuration } from "../schema/format.ts";
import type { Issue } from "../schema/issue.ts";
import type { DistributionSpec } from "../statistics/distributions/index.ts";
import type { ScenarioSpec } from "./language.ts";
import { anatomyOf } from "./topology.ts";

/** Charges that depend on the sizes of requests. */
const weighing: readonly string[] = ["transfer", "capacity-units"];

export function warnAbout(scenario: ScenarioSpec): Issue[] {
  return [
    ...infiniteVariance(scenario),
    ...crashesInUnison(scenario),
    ...pausesInUnison(scenario),
    ...keylessCaches(scenario),
    ...idleBytes(scenario),
  ];
}

/** Means of such work settle so slowly that no run is long enough. */
function infiniteVariance(scenario: ScenarioSpec): Issue[] {
  return [...find(scenario, [])].flatMap(({ path, value }) =>
    value["kind"] === "pareto" && typeof value["shape"] === "number" && value["shape"] <= 2
      ? [
          {
            path,
            message: `a Pareto shape of ${value["shape"]} has infinite variance: mean waits will not settle in any run; trust quantiles only`,
          },
        ]
      : [],
  );
}

/** A mean time between failures written as a duration: nobody survives what is meant for one at a time. */
function crashesInUnison({ faults: fates, parts, nodes }: ScenarioSpec): Issue[] {
  return fates.flatMap((fate, index) => {
    const kind = faults.find((each) => each.kind === fate.kind)!;
    if (!kind.oneByOne || !("time-between" in fate) || !("of" in fate)) return [];
    const of = String(fate.of);
    const count = nodes[of]?.nodes ?? instancesOf(parts[of]);
    const between = fate["time-between"];
    if (count < 2 || !isConstant(between)) return [];
    const message = `all ${count} instances of ${of} are struck at the same instants, every ${formatDuration(between.value)}; for chance say { kind: exponential, mean: ${formatDuration(between.value)} }`;
    return [{ path: ["faults", index, "time-between"], message }];
  });
}

function pausesInUnison({ parts }: ScenarioSpec): Issue[] {
  return Object.entries(parts).flatMap(([name, part]) => {
    const { pauses } = part as { pauses?: { every: DistributionSpec; for: DistributionSpec } };
    const count = instancesOf(part);
    if (!pauses || count < 2 || !isConstant(pauses.every) || !isConstant(pauses.for)) return [];
    const message = `all ${count} instances of ${name} pause at the same instants; for chance say every: { kind: exponential, mean: ${formatDuration(pauses.every.value)} }`;
    return [{ path: ["parts", name, "pauses", "every"], message }];
  });
}

function instancesOf(part: ScenarioSpec["parts"][string] | undefined): number {
  return part !== undefined && "fleet" in part ? part.fleet.instances : 0;
}

function isConstant(
  spec: DistributionSpec | undefined,
): spec is Extract<DistributionSpec, { kind: "constant" }> {
  return spec?.kind === "constant";
}

/** Whether what is replayed says which item a request is about. */
function tellsKeys(arrivals: WorkloadSpec["arrivals"]): boolean {
  if (arrivals?.kind !== "replay") return false;
  return arrivals.format === "access-log" || arrivals.columns.key !== undefined;
}

/** A cache with real keys in a platform where no request has any. */
function keylessCaches(scenario: ScenarioSpec): Issue[] {
  const keyed = Object.entries(scenario.workloads).some(
    ([workload, spec]) =>
      tellsKeys(spec.arrivals) || classesOf(workload, spec).some(({ keys }) => keys !== undefined),
  );
  if (keyed) return [];
  return Object.entries(scenario.parts).flatMap(([name, part]) =>
    anatomyOf(part).needsKeys?.(part)
      ? [
          {
            path: ["parts", name],
            message: `cache ${name} keeps real keys but no request has any, so it never hits; give a class keys or the cache a hit-ratio`,
          },
        ]
      : [],
  );
}

/** Sizes of requests in a platform where no bandwidth is told and nothing is paid by the byte. */
function idleBytes({ workloads, links, cost }: ScenarioSpec): Issue[] {
  const isPaid = Object.values(cost.charges).some(({ kind }) => weighing.includes(kind));
  if (links?.internet.bandwidth !== undefined || isPaid) return [];
  const fields = ["request-bytes", "answer-bytes"] as const;
  return Object.entries(workloads).flatMap(([workload, spec]) =>
    classesOf(workload, spec).flatMap((told) =>
      fields
        .filter((field) => told[field] !== undefined)
        .map((field) => ({
          path: [
            "workloads",
            workload,
            ...(spec.journey ? ["journey", "steps"] : ["mix"]),
            told.name,
            field,
          ],
          message: `class ${told.name} tells ${field}, which take no time: links.internet has no bandwidth`,
        })),
    ),
  );
}

/** Every map inside a value, with its path. */
function* find(
  value: unknown,
  path: readonly (string | number)[],
): Generator<{ path: readonly (string | number)[]; value: Record<string, unknown> }> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield { path, value: value as Record<string, unknown> };
  for (const [key, inner] of Object.entries(value)) {
    yield* find(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
