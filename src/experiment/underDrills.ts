/** Promises kept on the bad night too: a trial joined with the same trial under each chosen drill. */
import { drillsOf, type Drill, type Moment } from "./drill.ts";
import type { Scenario } from "../scenario/language.ts";
import { drillKinds } from "./result/drill.ts";
import type { Measure } from "./measures.ts";
import type { TrialResult } from "./sizing.ts";
import { judge } from "./trial.ts";

/** What can be chosen: everything that breaks something. */
export const breakages = drillKinds.filter((kind) => kind !== "nothing");
export type Breakage = (typeof breakages)[number];

/** The drills of the chosen kinds, of every part and zone that they can strike. */
export function chosenDrills(
  base: Scenario,
  moment: Moment,
  kinds: readonly Breakage[],
): readonly Drill[] {
  return drillsOf(base, moment).filter(({ kind }) => kinds.some((one) => one === kind));
}

/** One verdict of several trials of the same values; the cost is that of the undisturbed one. */
export function joined(
  plain: TrialResult,
  struck: readonly { readonly words: string; readonly trial: TrialResult }[],
): TrialResult {
  const all = [plain, ...struck.map(({ words, trial }) => named(trial, words))];
  const objectives = all.flatMap((trial) => trial.objectives);
  const worst = (["fails", "undecided", "holds"] as const).find((verdict) =>
    all.some((trial) => trial.verdict === verdict),
  )!;
  const tightest = objectives.reduce(
    (least, one) => ((one.margin ?? -Infinity) < (least?.margin ?? -Infinity) ? one : least),
    objectives[0],
  );
  return {
    ...plain,
    replications: all.reduce((sum, { replications }) => sum + replications, 0),
    objectives,
    stopped: all.find(({ stopped }) => stopped !== null)?.stopped ?? null,
    verdict: worst,
    binding: tightest?.name ?? null,
    margin: tightest?.margin ?? null,
  };
}

function named(trial: TrialResult, words: string): TrialResult {
  const objectives = trial.objectives.map((one) => ({
    ...one,
    name: `${one.name}, when ${words}`,
  }));
  return {
    ...trial,
    objectives,
    stopped: trial.stopped === null ? null : `${trial.stopped}, when ${words}`,
  };
}

/** How many runs keep every promise by themselves. */
export function keepers(scenario: Scenario, runs: readonly (readonly Measure[])[]): number {
  // Of a single run the bound is unknown, and its mean is what it was.
  return runs.filter((run) =>
    judge(scenario, [], [run]).objectives.every(
      ({ kind, mean, target }) =>
        mean !== null && (kind === "availability" ? mean >= target : mean < target),
    ),
  ).length;
}
