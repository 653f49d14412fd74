/**
 * Loadstar as a library: a scenario in, a Result out.
 *
 *     import { run, ScenarioError } from "loadstar";
 *
 *     const text = await readFile("night.yaml", "utf8");
 *     try {
 *       const result = await run(text, { seed: "7", replications: 20, jobs: 4 });
 *       console.log(result.met, result.total.latency.p99);
 *     } catch (problem) {
 *       if (problem instanceof ScenarioError) console.error(problem.message); // every mistake
 *       else throw problem;
 *     }
 */
import { locatorFor, readerFor, readNothing } from "./cli/files.ts";
import { assemble } from "./experiment/assemble.ts";
import { runReplications } from "./experiment/pool.ts";
import type { Result } from "./experiment/result.ts";
import { loadScenario } from "./scenario/load.ts";
import type { Issue } from "./schema/issue.ts";

export { LimitReached } from "./experiment/pool.ts";
export type { Result } from "./experiment/result.ts";
export type { Issue } from "./schema/issue.ts";

export interface RunOptions {
  /** The luck, instead of the scenario's: the same seed gives the same Result. */
  seed?: string;
  /** Independent runs, instead of the scenario's number. */
  replications?: number;
  /** Worker threads. 0, as it is if left out, simulates in the calling thread and blocks it. */
  jobs?: number;
  /** One of the scenario's variants. */
  variant?: string;
  /** Replacements as on the command line: "parts.web.slots=32". */
  set?: readonly string[];
  /** Where the text came from, for messages. Only with it may `extends` and replays read files beside it. */
  file?: string;
  /** Aborting it stops the work; `run` is then rejected with its reason. */
  signal?: AbortSignal;
  /** Hears how much [0..1] of a replication is done. */
  onProgress?(replication: number, share: number): void;
}

/** A scenario that cannot be run. The message is all its mistakes, each with its place. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
  readonly issues: readonly Issue[];

  constructor(report: string, issues: readonly Issue[]) {
    super(report);
    this.issues = issues;
  }
}

/** Simulates a scenario, given as YAML text or as the object such a text would become. */
export async function run(scenario: string | object, options: RunOptions = {}): Promise<Result> {
  const { file, jobs = 0, signal, onProgress } = options;
  const loaded = loadScenario({
    file: file ?? "scenario.yaml",
    // JSON is YAML, so an object has lines and columns in messages like any other text.
    text: typeof scenario === "string" ? scenario : JSON.stringify(scenario, null, 2),
    readFile: file === undefined ? readNothing : readerFor(file),
    locate: file === undefined ? readNothing : locatorFor(file),
    set: [...(options.set ?? []), ...replacements(options)],
    variant: options.variant ?? null,
  });
  if (!loaded.ok) throw new ScenarioError(loaded.report({ colour: false }), loaded.issues);
  const count = loaded.scenario.run.replications;
  const records = await runReplications({
    scenario: loaded.scenario,
    count,
    jobs,
    signal,
    onProgress,
  });
  return assemble(loaded.scenario, records);
}

function replacements({ seed, replications }: RunOptions): string[] {
  return [
    ...(seed === undefined ? [] : [`seed=${JSON.stringify(seed)}`]),
    ...(replications === undefined ? [] : [`run.replications=${replications}`]),
  ];
}
