/** `loadstar run`: simulates a scenario, says what came of it, and writes the report. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { RunRecord } from "../../experiment/replication.ts";
import type { Result } from "../../experiment/result.ts";
import type { Scenario } from "../../scenario/load.ts";
import { exit, Stop } from "../exit.ts";
import { writeFolder } from "../folder.ts";
import { checkpoint, interruptible } from "../interrupt.ts";
import { loadOrStop } from "../load.ts";
import type { Onlooker } from "../progress.ts";
import { Progress, silence } from "../progress.ts";
import { coloured, note, print, widthOf } from "../terminal.ts";
import { once, overrides, scenarioFlags, simulationFlags, verb, wholeNumber } from "../verb.ts";

export const run = verb({
  usage: "run <file>",
  summary: "Simulates a scenario, prints the verdict and writes the report",
  given: {
    file: { type: "string", demandOption: true, describe: "Scenario, or - for standard input" },
  },
  flags: {
    replications: {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--replications", 1),
      describe: "Independent runs, each with its own luck; more give narrower intervals",
    },
    until: {
      type: "string",
      requiresArg: true,
      coerce: once("--until"),
      describe: 'Runs until a number is known: "p99 within 5 %", "mean of checkout within 2 %"',
    },
    "max-replications": {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--max-replications", 2),
      default: 200,
      describe: "The most runs that --until may take",
    },
    ...simulationFlags,
    ...scenarioFlags,
    out: {
      type: "string",
      requiresArg: true,
      default: "reports",
      coerce: once("--out"),
      describe: "Folder that gets <scenario>/<run id>/ with the report",
    },
    "no-report": { type: "boolean", default: false, describe: "Write no files" },
    json: { type: "boolean", default: false, describe: "Print the whole result as JSON" },
    quiet: { type: "boolean", default: false, describe: "Show no progress" },
  },
  examples: [
    ["$0 run scenarios/double-eleven.yaml", "a festival night"],
    ["$0 run night.yaml --variant reactive", "one of its variants"],
    ["$0 run night.yaml --set parts.web.slots=32", "with one value replaced"],
    ['$0 run night.yaml --until "p99 within 5 %"', "as many replications as that takes"],
  ],

  perform: (asked) =>
    interruptible(async (signal) => {
      const scenario = await loadOrStop({
        file: asked.file,
        set: [...asked.set, ...overrides(asked)],
        variant: asked.variant,
      });
      const onlooker = asked.quiet
        ? silence
        : new Progress(scenario.run.replications, process.stderr, () => performance.now());
      try {
        const result = await simulated(scenario, asked, { onlooker, signal });
        const folder = asked["no-report"] ? null : join(asked.out, folderOf(result));
        if (folder) await writeReport(result, folder, onlooker, signal);
        onlooker.end();
        await printResult(result, asked.json);
        if (folder) note(`report: ${join(folder, "report.html")}`);
        return result.met === false ? exit.missed : exit.met;
      } finally {
        onlooker.end();
      }
    }),
});

interface Asked {
  file: string;
  jobs?: number | undefined;
  until?: string | undefined;
  "max-replications": number;
}

interface Circumstances {
  onlooker: Onlooker;
  signal: AbortSignal;
}

/** The Result of all replications: those of the scenario, or as many as the goal needs. */
async function simulated(
  scenario: Scenario,
  asked: Asked,
  { onlooker, signal }: Circumstances,
): Promise<Result> {
  const { Pool, LimitReached } = await import("../../experiment/pool.ts");
  const { assemble } = await import("../../experiment/assemble.ts");
  const pool = new Pool({ jobs: asked.jobs ?? availableParallelism(), signal });
  const some = (from: number, to: number) => {
    onlooker.expect(to);
    return Promise.all(
      Array.from({ length: to - from }, (_, at) =>
        pool.record(scenario, from + at, (share) => onlooker.advance(from + at, share)),
      ),
    );
  };
  try {
    if (asked.until === undefined)
      return assemble(scenario, await some(0, scenario.run.replications));
    return await untilKnown(scenario, asked.until, asked, some);
  } catch (problem) {
    if (!(problem instanceof LimitReached)) throw problem;
    throw new Stop(exit.scenario, `${asked.file}: ${problem.message}`);
  } finally {
    await pool.close();
  }
}

/** Fewer replications tell too little about their own spread. */
const FLOOR = 10;

async function untilKnown(
  scenario: Scenario,
  words: string,
  { "max-replications": ceiling }: Asked,
  some: (from: number, to: number) => Promise<RunRecord[]>,
): Promise<Result> {
  const { parseGoal, replicated, untilPrecise, UnknownQuantity } =
    await import("../../experiment/precision.ts");
  const { assemble } = await import("../../experiment/assemble.ts");
  const goal = parseGoal(words);
  if (!goal) throw new Stop(exit.commandLine, `--until is "${words}"; it takes ${GOAL}`);
  const floor = Math.min(ceiling, Math.max(FLOOR, scenario.run.replications));
  const { records, reached } = await untilPrecise(scenario, goal, { floor, ceiling }, some).catch(
    (problem: unknown) => {
      if (!(problem instanceof UnknownQuantity)) throw problem;
      throw new Stop(exit.commandLine, `--until: known are ${problem.known.join(", ")}`);
    },
  );
  const known = reached === null ? "has no value" : `is known within ${digits(reached * 100)} %`;
  const said = `${records.length} replications: ${words.split(/ within /)[0]!} ${known}`;
  note(said);
  const missed = reached === null || reached > goal.within;
  const warnings = missed
    ? [`${said}, and ${digits(goal.within * 100)} % was asked for.`, ...scenario.warnings]
    : scenario.warnings;
  return assemble({ ...replicated(scenario, records.length), warnings }, records);
}

/** What a goal looks like, for messages. */
const GOAL = 'words such as "p99 within 5 %" or "mean of checkout within 2 %"';

function digits(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** "double-eleven/3f2a…": the same input always goes to the same place. */
function folderOf({ scenario, runId }: Result): string {
  if (/^\.*$|[/\\]/.test(scenario)) throw new Stop(exit.files, "the scenario's file needs a name");
  return join(scenario, runId);
}

async function writeReport(
  result: Result,
  folder: string,
  onlooker: Onlooker,
  signal: AbortSignal,
): Promise<void> {
  onlooker.stage("drawing the report");
  const { renderReport } = await import("../../report/index.ts");
  const files = await renderReport(result, {
    onProgress: (done, of) => onlooker.stage(`drawing the report, ${done} of ${of} charts`),
  });
  await checkpoint(signal);
  writeFolder(folder, files);
}

async function printResult(result: Result, json: boolean): Promise<void> {
  if (json) return print(JSON.stringify(result, null, 2));
  const { renderTerminal } = await import("../../report/index.ts");
  const { stdout } = process;
  print(renderTerminal(result, { colour: coloured(stdout), width: widthOf(stdout) }));
}
