/** `loadstar run`: simulates a scenario, says what came of it, and writes the report. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Result } from "../../experiment/result.ts";
import { exit, Stop } from "../exit.ts";
import { writeFolder } from "../folder.ts";
import { checkpoint, interruptible } from "../interrupt.ts";
import { loadOrStop } from "../load.ts";
import type { Onlooker } from "../progress.ts";
import { Progress, silence } from "../progress.ts";
import { coloured, note, print, widthOf } from "../terminal.ts";
import { once, scenarioFlags, verb, wholeNumber } from "../verb.ts";

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
    jobs: {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--jobs", 1),
      describe: "Runs simulated at the same time; never changes the answer [default: cores]",
    },
    seed: {
      type: "string",
      requiresArg: true,
      coerce: once("--seed"),
      describe: "The luck: the same seed gives the same bytes",
    },
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
  ],

  perform: (asked) =>
    interruptible(async (signal) => {
      const scenario = await loadOrStop({
        file: asked.file,
        set: [...asked.set, ...overrides(asked)],
        variant: asked.variant,
      });
      const count = scenario.run.replications;
      const onlooker = asked.quiet
        ? silence
        : new Progress(count, process.stderr, () => performance.now());
      try {
        const { runCells, LimitReached } = await import("../../experiment/pool.ts");
        const { assemble } = await import("../../experiment/assemble.ts");
        const records = await runCells({
          scenario,
          count,
          jobs: asked.jobs ?? availableParallelism(),
          onProgress: (replication, share) => onlooker.advance(replication, share),
          signal,
        }).catch((problem: unknown) => {
          if (!(problem instanceof LimitReached)) throw problem;
          throw new Stop(exit.scenario, `${asked.file}: ${problem.message}`);
        });
        const result = assemble(scenario, records);
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

/** Flags that are short for a replacement. JSON keeps a seed such as 0x1F or 007 a text. */
function overrides(asked: { seed?: string | undefined; replications?: number | undefined }) {
  return [
    ...(asked.seed === undefined ? [] : [`seed=${JSON.stringify(asked.seed)}`]),
    ...(asked.replications === undefined ? [] : [`run.replications=${asked.replications}`]),
  ];
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
