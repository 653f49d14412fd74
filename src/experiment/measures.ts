/**
 * The few numbers of one replication that decisions are made from: what comparisons pair, sweeps
 * tabulate, and the search for a fleet judges.
 */
import { SECOND } from "../kernel/time.ts";
import type { ClassRecord, RunRecord } from "../model/platform.ts";
import type { ObjectiveSpec, Scenario } from "../scenario/language.ts";
import { quantityName, type Quantity, type Sample } from "./result.ts";
import { availability, judged } from "./summary/classes.ts";
import { costOf } from "./summary/cost.ts";
import { latencyOf, percentiles, pooled, shareOf, type PercentileName } from "./summary/pooling.ts";
import { keptSlices, sliceMetric } from "./summary/slices.ts";

/** One number of one replication; null where nothing was measured. */
export interface Measure extends Quantity {
  readonly value: number | null;
}

/** What is always told of a class's latency. */
const usual = ["mean", "p50", "p95", "p99"] as const;

/** Always the same quantities in the same order for one scenario. */
export function measuresOf(scenario: Scenario, record: RunRecord): Measure[] {
  const { classes } = record;
  const isAsked = (name: string) => scenario.objectives.some(({ of }) => of === name);
  // A single class is all there is, unless somebody calls it by its name.
  const apart = classes.map(({ name }) => name);
  const subjects = [null, ...apart.filter((name) => classes.length > 1 || isAsked(name))];
  const sliced = scenario.objectives.flatMap((objective) =>
    slicesKept(scenario, objective, record),
  );
  const felt = [
    ...subjects.flatMap((of) => feltBy(of, judged(classes, of), scenario)),
    ...sliced.filter((one, place) => sampleOf(sliced, one) === sliced[place]),
  ];
  const cost = costOf(scenario, [record]);
  return cost.parts.length + cost.charges.length === 0
    ? felt
    : [...felt, { metric: "cost", of: null, unit: cost.currency, value: Number(cost.total) }];
}

function feltBy(
  of: string | null,
  classes: readonly ClassRecord[],
  { objectives }: Scenario,
): Measure[] {
  const latency = latencyOf(pooled(classes.map((one) => one.latency)));
  const asked = objectives.map(quantityOf).filter((quantity) => quantity.of === of);
  const promised = asked.map(({ metric }) => metric).filter((metric) => metric in percentiles);
  const names = [...new Set<string>([...usual, ...promised])] as ("mean" | PercentileName)[];
  return [
    { metric: "availability", of, unit: "share", value: availability(classes) },
    ...names.map((metric) => ({ metric, of, unit: "s", value: latency[metric] })),
  ];
}

/** Share of time slices that kept an objective which they decide. */
function slicesKept(scenario: Scenario, objective: ObjectiveSpec, record: RunRecord): Measure[] {
  if (objective["of-slices"] === undefined) return [];
  const first = Math.ceil(scenario.run["warm-up"] / scenario.window);
  const verdicts = keptSlices(scenario, objective, record, first);
  const value = shareOf(verdicts.filter(Boolean).length, verdicts.length);
  return [{ ...quantityOf(objective), value }];
}

/** What an objective is about. */
export function quantityOf(objective: ObjectiveSpec): Quantity {
  const of = objective.of ?? null;
  if (objective["of-slices"] !== undefined)
    return { metric: sliceMetric(objective), of, unit: "share" };
  return "availability" in objective
    ? { metric: "availability", of, unit: "share" }
    : { metric: objective.latency, of, unit: "s" };
}

/** The number it must reach, or, where that is no share, stay below [s]. */
export function targetOf(objective: ObjectiveSpec): number {
  const ofSlices = objective["of-slices"];
  if (ofSlices !== undefined) return ofSlices;
  return "availability" in objective ? objective.availability : objective.below / SECOND;
}

/** The same numbers of several replications, side by side. */
export function samplesOf(replications: readonly (readonly Measure[])[]): Sample[] {
  return replications[0]!.map(({ metric, of, unit }, index) => ({
    metric,
    of,
    unit,
    values: replications.map((measures) => measures[index]!.value),
  }));
}

/** The sample of a quantity; undefined when it was not measured. */
export function sampleOf<Some extends Quantity>(
  samples: readonly Some[],
  quantity: Quantity,
): Some | undefined {
  return samples.find((sample) => quantityName(sample) === quantityName(quantity));
}
