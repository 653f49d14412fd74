/** `loadstar compare`: variants, files or saved results side by side, on the same luck. */
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Candidate } from "../../experiment/compare.ts";
import type { Comparison } from "../../experiment/comparison.ts";
import type { Result } from "../../experiment/result.ts";
import type { Scenario } from "../../scenario/load.ts";
import { exit, Stop } from "../exit.ts";
import { readText, RESULT_LIMIT } from "../files.ts";
import { interruptible } from "../interrupt.ts";
import { load, loadOrStop } from "../load.ts";
import { parseResult } from "../results.ts";
import { simulating, type Simulation } from "../simulation.ts";
import { print } from "../terminal.ts";
import { once, overrides, scenarioFlags, simulationFlags, verb, wholeNumber } from "../verb.ts";
import { outputFlags, tell } from "../output.ts";

export const compare = verb({
  usage: "compare <files..>",
  summary: "Compares variants, scenarios or saved results, and says which differences are real",
  given: {
    files: {
      type: "string",
      array: true,
      demandOption: true,
      describe: "A scenario with variants; or several scenarios, or folders with a result.json",
    },
  },
  flags: {
    variants: {
      type: "string",
      requiresArg: true,
      coerce: once("--variants"),
      describe: 'Only these, the baseline first; "base" is the scenario itself',
    },
    replications: {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--replications", 1),
      describe: "Independent runs of each [default: as the first file says, at least 5]",
    },
    ...simulationFlags,
    set: scenarioFlags.set,
    ...outputFlags,
  },
  examples: [
    ["$0 compare scenarios/double-eleven.yaml", "the scenario against its variants"],
    ["$0 compare night.yaml --variants reactive,pre-scaled", "two variants"],
    ["$0 compare today.yaml tomorrow.yaml", "two scenarios, on the same luck"],
    ["$0 compare reports/a/1f00 reports/a/2e11", "two saved results, without simulating"],
  ],

  perform: (asked) =>
    interruptible((signal) =>
      simulating({ ...asked, file: asked.files.join(", "), signal }, async (simulation) => {
        const plans = await plansFor(asked);
        const candidates = await simulated(plans, simulation);
        const { compare } = await import("../../experiment/compare.ts");
        const comparison = compare(candidates, confidenceOf(plans));
        await output(comparison, asked, simulation);
        return exit.met;
      }),
    ),
});

/** A candidate as it is asked for: simulated already, or a scenario to simulate. */
type Plan =
  | { readonly name: string; readonly saved: Result }
  | { readonly name: string; readonly scenario: Scenario };

interface Asked {
  readonly files: readonly string[];
  readonly variants?: string | undefined;
  readonly replications?: number | undefined;
  readonly seed?: string | undefined;
  readonly set: readonly string[];
}

/** What the scenario itself is called beside its variants. */
const BASE = "base";
/** Fewer replications tell nearly nothing apart. */
const FEWEST = 5;

async function plansFor(asked: Asked): Promise<Plan[]> {
  const plans = asked.files.length === 1 ? await variantPlans(asked) : await filePlans(asked);
  if (plans.length < 2)
    throw new Stop(
      exit.commandLine,
      `compare needs two things: ${asked.files[0]} has no variants; name another file`,
    );
  return plans;
}

async function variantPlans({ files, variants, ...asked }: Asked): Promise<Plan[]> {
  const [file] = files as [string];
  if (isSaved(file)) return [await savedPlan(file)];
  const base = await scenarioAt(file, null, asked);
  const declared = await variantsOf(file, asked.set);
  const names = variants?.split(",").map((name) => name.trim()) ?? [BASE, ...declared];
  const terms = { ...asked, replications: replicationsOf(base, asked) };
  const plans: Plan[] = [];
  for (const name of names) {
    const variant = name === BASE && !declared.includes(BASE) ? null : name;
    plans.push({ name, scenario: await scenarioAt(file, variant, terms) });
  }
  return unique(plans);
}

async function filePlans({ files, variants, ...asked }: Asked): Promise<Plan[]> {
  if (variants !== undefined)
    throw new Stop(exit.commandLine, "--variants is for a single scenario");
  const plans: Plan[] = [];
  let terms: Terms = asked;
  for (const file of files) {
    if (isSaved(file)) {
      plans.push(await savedPlan(file));
      continue;
    }
    const scenario = await scenarioAt(file, null, terms);
    // The first one's luck and number of runs are everybody's, so that runs can be paired.
    if (terms === asked) {
      terms = { ...asked, seed: scenario.seed, replications: replicationsOf(scenario, asked) };
      plans.push({ name: scenario.file, scenario: await scenarioAt(file, null, terms) });
    } else plans.push({ name: scenario.file, scenario });
  }
  return unique(plans);
}

interface Terms {
  readonly replications?: number | undefined;
  readonly seed?: string | undefined;
  readonly set: readonly string[];
}

function replicationsOf({ run }: Scenario, { replications }: Terms): number {
  return replications ?? Math.max(FEWEST, run.replications);
}

async function scenarioAt(file: string, variant: string | null, terms: Terms): Promise<Scenario> {
  return loadOrStop({
    file,
    set: [...terms.set, ...overrides(terms)],
    variant: variant ?? undefined,
  });
}

async function variantsOf(file: string, set: readonly string[]): Promise<readonly string[]> {
  const loaded = await load({ file, set, variant: undefined });
  return loaded.ok ? loaded.variants : [];
}

/** A folder, or a file of JSON that is no scenario. */
function isSaved(path: string): boolean {
  return /(^|[/\\])result\.json$/.test(path) || isFolder(path);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

async function savedPlan(path: string): Promise<Plan> {
  const file = isFolder(path) ? join(path, "result.json") : path;
  const saved = await parseResult(file, readText(file, RESULT_LIMIT));
  return { name: saved.variant ?? saved.scenario, saved };
}

/** Names that are told apart: the second "night" is "night 2". */
function unique(plans: readonly Plan[]): Plan[] {
  const seen = new Map<string, number>();
  return plans.map((plan) => {
    const times = (seen.get(plan.name) ?? 0) + 1;
    seen.set(plan.name, times);
    return times === 1 ? plan : { ...plan, name: `${plan.name} ${times}` };
  });
}

function confidenceOf([first]: readonly Plan[]): number {
  return "saved" in first! ? first.saved.run.confidence : first!.scenario.run.confidence;
}

/** Every scenario's replications in one queue; each Result is assembled when its last one is done. */
async function simulated(
  plans: readonly Plan[],
  { pool, onlooker }: Simulation,
): Promise<Candidate[]> {
  const { assemble } = await import("../../experiment/assemble.ts");
  let cells = 0;
  const first = plans.map((plan) => {
    const begin = cells;
    cells += "saved" in plan ? 0 : plan.scenario.run.replications;
    return begin;
  });
  if (cells > 0) onlooker.expect(cells);
  return Promise.all(
    plans.map(async (plan, at) => {
      if ("saved" in plan) return { name: plan.name, result: plan.saved };
      const { scenario, name } = plan;
      const records = await Promise.all(
        Array.from({ length: scenario.run.replications }, (_, replication) =>
          pool.record(scenario, replication, (share) =>
            onlooker.advance(first[at]! + replication, share),
          ),
        ),
      );
      return { name, result: assemble(scenario, records) };
    }),
  );
}

type Output = Parameters<typeof tell>[0]["asked"];

async function output(
  comparison: Comparison,
  asked: Output & { json: boolean },
  simulation: Simulation,
) {
  const { comparisonTerminal, renderComparison } = await import("../../report/comparison.ts");
  await tell({
    asked,
    simulation,
    folder: `${comparison.scenario}/compare-${comparison.runId}`,
    render: (options) => renderComparison(comparison, options),
    print: (options) =>
      print(
        asked.json ? JSON.stringify(comparison, null, 2) : comparisonTerminal(comparison, options),
      ),
  });
}
