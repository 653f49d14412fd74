/** `loadstar run`: simulates a scenario, says what came of it, and writes the report. */
import type { RunRecord } from "../../experiment/replication.ts";
import type { Result } from "../../experiment/result.ts";
import type { Scenario } from "../../scenario/load.ts";
import { refuseUnjudged, withDrill } from "../drill.ts";
import { exit, Stop } from "../exit.ts";
import { answer, leftBy, shardFlags, type Concluding } from "../inquiry.ts";
import { interruptible } from "../interrupt.ts";
import { loadOrStop } from "../load.ts";
import { outputFlags, tell, type Output, type Teller } from "../output.ts";
import { simulating, type Simulation } from "../simulation.ts";
import { note, print } from "../terminal.ts";
import {
  once,
  overrides,
  queueFlags,
  scenarioFlags,
  simulationFlags,
  verb,
  wholeNumber,
} from "../verb.ts";

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
    drill: {
      type: "boolean",
      default: false,
      describe: "Then breaks one thing at a time at the peak and tells which promises survive",
    },
    traces: {
      type: "boolean",
      default: false,
      describe: "Follow a few requests in all detail: the median, the 99th percentile, the slowest",
    },
    ...simulationFlags,
    ...queueFlags,
    ...shardFlags,
    ...scenarioFlags,
    ...outputFlags,
  },
  examples: [
    ["$0 run scenarios/double-eleven.yaml", "a festival night"],
    ["$0 run night.yaml --variant reactive", "one of its variants"],
    ["$0 run night.yaml --set parts.web.slots=32", "with one value replaced"],
    ["$0 run night.yaml --drill", "and a game day: which single failures are survived"],
    ["$0 run night.yaml --traces", "and a few requests as waterfalls, for Perfetto and OTLP too"],
    ['$0 run night.yaml --until "p99 within 5 %"', "as many replications as that takes"],
  ],

  perform: (asked) =>
    interruptible(
      (signal) =>
        simulating({ ...asked, signal }, async (simulation) => {
          const scenario = await loadOrStop({
            file: asked.file,
            set: [...asked.set, ...overrides(asked), ...(asked.traces ? ["run.traces=true"] : [])],
            variant: asked.variant,
          });
          if (asked.drill) refuseUnjudged(scenario);
          if (asked.until !== undefined || asked.drill) {
            refuseShard(asked);
            const simply = await simulated(scenario, asked, simulation);
            const result = asked.drill ? await withDrill(scenario, simply, simulation) : simply;
            return tellResult(result, asked, simulation);
          }
          const { ListBuilder } = await import("../../experiment/cells/list.ts");
          const { runIdOf } = await import("../../experiment/assemble.ts");
          const cells = new ListBuilder(scenario, "record").add(scenario).cells();
          return answer(
            {
              verb: "run",
              cells,
              about: null,
              folder: `${scenario.file}/${runIdOf(scenario)}`,
              keeps: asked.resume,
              conclude: () => concluding.conclude(cells, null),
            },
            asked,
            simulation,
          );
        }),
      leftBy(asked),
    ),
});

interface Asked {
  readonly "max-replications": number;
}

/** One scenario, and as many records as it has replications. */
export const concluding: Concluding = {
  async conclude(cells) {
    const { assemble } = await import("../../experiment/assemble.ts");
    const { foundIn } = await import("../../experiment/cells/hands.ts");
    const records: RunRecord[] = [];
    return {
      onAnswer: (cell, answer) => (records[cell] = foundIn(answer) as RunRecord),
      tell: (asked, teller) => tellResult(assemble(cells.scenario(0), records), asked, teller),
    };
  },
};

async function tellResult(result: Result, asked: Output, simulation: Teller): Promise<number> {
  const { renderReport, renderTerminal } = await import("../../report/index.ts");
  await tell({
    asked,
    simulation,
    folder: `${result.scenario}/${result.runId}`,
    render: (options) => renderReport(result, options),
    print: (options) =>
      print(asked.json ? JSON.stringify(result, null, 2) : renderTerminal(result, options)),
  });
  return result.met === false ? exit.missed : exit.met;
}

/** What is simulated next depends on what was found: that cannot be cut into shards beforehand. */
function refuseShard({ shard, until }: { shard?: object | undefined; until?: string | undefined }) {
  if (!shard) return;
  const why =
    until === undefined
      ? "--drill strikes at the peak of the whole run: it does not go with --shard"
      : "--until decides how many runs there are from what they say: --shard needs --replications";
  throw new Stop(exit.commandLine, why);
}

/** The Result of all replications: those of the scenario, or as many as the goal needs. */
async function simulated(
  scenario: Scenario,
  asked: Asked & { readonly until?: string | undefined },
  simulation: Simulation,
): Promise<Result> {
  if (asked.until !== undefined) return untilKnown(scenario, asked.until, asked, simulation);
  const { assemble } = await import("../../experiment/assemble.ts");
  const { recordsOf } = await import("../../experiment/cells/hands.ts");
  const { hands, onlooker } = simulation;
  const count = scenario.run.replications;
  onlooker.expect(count);
  const onShare = (at: number, share: number) => onlooker.advance(at, share);
  return assemble(scenario, await recordsOf(hands, { scenario, from: 0, count, onShare }));
}

/** Fewer replications tell too little about their own spread. */
const FLOOR = 10;

async function untilKnown(
  scenario: Scenario,
  words: string,
  { "max-replications": ceiling }: Asked,
  { hands, onlooker }: Simulation,
): Promise<Result> {
  const { recordsOf } = await import("../../experiment/cells/hands.ts");
  const onShare = (at: number, share: number) => onlooker.advance(at, share);
  const some = (from: number, to: number) => {
    onlooker.expect(to);
    return recordsOf(hands, { scenario, from, count: to - from, onShare });
  };
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
