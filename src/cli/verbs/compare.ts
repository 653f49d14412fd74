/** `loadstar compare`: variants, files or saved results side by side, on the same luck. */
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Candidate } from "../../experiment/compare.ts";
import type { Cells } from "../../experiment/cells/list.ts";
import type { RunRecord } from "../../experiment/replication.ts";
import type { Result } from "../../experiment/result.ts";
import type { Scenario } from "../../scenario/load.ts";
import { exit, Stop } from "../exit.ts";
import { readText, RESULT_LIMIT } from "../files.ts";
import { answer, leftBy, shardFlags, type Concluding, type Conclusion } from "../inquiry.ts";
import { interruptible } from "../interrupt.ts";
import { load, loadOrStop } from "../load.ts";
import { parseResult } from "../results.ts";
import { simulating } from "../simulation.ts";
import { print } from "../terminal.ts";
import {
  once,
  overrides,
  queueFlags,
  scenarioFlags,
  simulationFlags,
  verb,
  wholeNumber,
} from "../verb.ts";
import { outputFlags, tell, type Output, type Teller } from "../output.ts";

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
    ...queueFlags,
    ...shardFlags,
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
    interruptible(
      (signal) =>
        simulating({ ...asked, file: asked.files.join(", "), signal }, async (simulation) => {
          const plans = await plansFor(asked);
          const saved = plans.filter((plan) => "saved" in plan);
          if (saved.length === plans.length)
            return told(
              saved.map(({ name, saved: result }) => ({ name, result })),
              asked,
              simulation,
            );
          if (saved.length > 0 && asked.shard)
            throw new Stop(
              exit.commandLine,
              "--shard needs scenarios: saved results are simulated already",
            );
          return answer(await inquiryFor(plans, asked), asked, simulation);
        }),
      leftBy(asked),
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

async function inquiryFor(plans: readonly Plan[], { resume }: { readonly resume: boolean }) {
  const { ListBuilder, sha256 } = await import("../../experiment/cells/list.ts");
  const scenarios = plans.flatMap((plan) => ("saved" in plan ? [] : [plan.scenario]));
  const builder = new ListBuilder(scenarios[0]!, "record");
  for (const scenario of scenarios) builder.add(scenario);
  const cells = builder.cells();
  const about = { names: plans.flatMap((plan) => ("saved" in plan ? [] : [plan.name])) };
  const id = sha256(JSON.stringify([cells.list, about])).slice(0, 12);
  return {
    verb: "compare",
    cells,
    about,
    folder: `${scenarios[0]!.file}/compare-${id}`,
    keeps: resume,
    conclude: () => conclusion(cells, about.names, plans),
  };
}

/** Some scenarios by their names, each with its records. */
export const concluding: Concluding = {
  async conclude(cells, about) {
    const { comparedSchema } = await import("../../experiment/cells/about.ts");
    const { names } = comparedSchema(cells).parse(about);
    return conclusion(
      cells,
      names,
      names.map((name) => ({ name })),
    );
  },
};

/** @param plans all that are compared, in their order; a Result is assembled when its last record is in */
async function conclusion(
  cells: Cells,
  names: readonly string[],
  plans: readonly { readonly name: string; readonly saved?: Result }[],
): Promise<Conclusion> {
  const { assemble } = await import("../../experiment/assemble.ts");
  const { Gathering } = await import("../../experiment/cells/gathering.ts");
  const results = new Map<string, Result>();
  const gathering = new Gathering<RunRecord>(
    cells,
    (at, records) => void results.set(names[at]!, assemble(cells.scenario(at), records)),
  );
  return {
    onAnswer: (cell, answer) => gathering.add(cell, answer),
    tell: (asked, teller) => {
      const candidates = plans.map(({ name, saved }) => ({
        name,
        result: saved ?? results.get(name)!,
      }));
      return told(candidates, asked, teller);
    },
  };
}

async function told(
  candidates: readonly Candidate[],
  asked: Output,
  simulation: Teller,
): Promise<number> {
  const { compare } = await import("../../experiment/compare.ts");
  const comparison = compare(candidates, candidates[0]!.result.run.confidence);
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
  return exit.met;
}
