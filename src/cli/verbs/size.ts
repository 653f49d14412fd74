/** `loadstar size`: the cheapest values that keep every promise, or the most traffic that does. */
import type { Axis } from "../../experiment/axes.ts";
import type { Drill } from "../../experiment/drill.ts";
import type { RunRecord } from "../../experiment/replication.ts";
import type { Searched, Tried, TryAt } from "../../experiment/size.ts";
import type { Sizing, TrialResult } from "../../experiment/sizing.ts";
import type { Scenario } from "../../scenario/load.ts";
import { exit, Stop } from "../exit.ts";
import { interruptible } from "../interrupt.ts";
import { loadOrStop } from "../load.ts";
import { outputFlags, tell } from "../output.ts";
import { simulating, type Simulation } from "../simulation.ts";
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

export const size = verb({
  usage: "size <file>",
  summary: "Finds the cheapest fleet that keeps every objective",
  given: {
    file: { type: "string", demandOption: true, describe: "Scenario with objectives" },
  },
  flags: {
    knob: {
      type: "string",
      array: true,
      nargs: 1,
      default: [] as string[],
      defaultDescription: "instances of every fleet that waits for slots and has no autoscaler",
      describe: "What may be chosen, from cheap to dear: parts.web.fleet.instances=1..200",
    },
    headroom: {
      type: "boolean",
      default: false,
      describe: "Instead, how many times the traffic the scenario bears",
    },
    metastable: {
      type: "string",
      requiresArg: true,
      coerce: once("--metastable"),
      describe: "Instead, how long this part may stand still before nothing recovers",
    },
    "max-replications": {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--max-replications", 2),
      default: 40,
      describe: "The most runs of one trial; what is not shown by then does not count as held",
    },
    drill: {
      type: "string",
      requiresArg: true,
      coerce: once("--drill"),
      describe: "Every objective must hold as well when these break: crash,zone,slow,partition",
    },
    confirm: {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--confirm", 2),
      describe: "Runs of the answer with fresh luck, to tell how many keep every promise",
    },
    ...simulationFlags,
    ...queueFlags,
    ...scenarioFlags,
    ...outputFlags,
  },
  examples: [
    ["$0 size night.yaml", "how many instances of each part"],
    ["$0 size night.yaml --knob parts.web.fleet.instances=4..80", "of one part, at most 80"],
    ["$0 size night.yaml --drill crash,zone", "that also bears a lost node or zone at the peak"],
    ["$0 size night.yaml --confirm 100", "and in how many of 100 fresh runs it holds"],
    ["$0 size night.yaml --headroom", "how much more traffic it bears"],
    ["$0 size night.yaml --metastable stock", "the pause of stock that feeds itself"],
  ],

  perform: (asked) =>
    interruptible((signal) =>
      simulating({ ...asked, signal }, async (simulation) => {
        const base = await loadOrStop(wantedOf(asked, []));
        if (asked.metastable !== undefined) {
          const { tellMetastable } = await import("../metastable.ts");
          const load = (more: readonly string[]) => loadOrStop(wantedOf(asked, more));
          const { metastable: part, json } = asked;
          return tellMetastable(base, { part, json, load }, simulation);
        }
        if (base.objectives.length === 0)
          throw new Stop(exit.commandLine, `${asked.file}: without objectives every fleet will do`);
        const drillsFor = await drillsChosen(base, asked.drill, simulation);
        const sizing = await found({ base, asked, simulation, ...drillsFor });
        const { renderSizing, sizingTerminal } = await import("../../report/sizing.ts");
        await tell({
          asked,
          simulation,
          folder: `${base.file}/size-${sizing.runId}`,
          render: (options) => renderSizing(sizing, options),
          print: (options) =>
            print(asked.json ? JSON.stringify(sizing, null, 2) : sizingTerminal(sizing, options)),
        });
        return sizing.answer === null ? exit.noFleet : exit.met;
      }),
    ),
});

interface Asked {
  readonly file: string;
  readonly knob: readonly string[];
  readonly headroom: boolean;
  readonly "max-replications": number;
  readonly confirm?: number | undefined;
  readonly seed?: string | undefined;
  readonly set: readonly string[];
  readonly variant?: string | undefined;
}

interface Job {
  readonly base: Scenario;
  readonly asked: Asked;
  readonly simulation: Simulation;
  /** Kinds of drill that were chosen, and what they are at some values. */
  readonly drills: readonly string[];
  drillsAt(scenario: Scenario): readonly Drill[];
}

/** Fewer replications give bounds that are nearly anywhere. */
const FLOOR = 5;

function wantedOf(asked: Asked, more: readonly string[]) {
  const { file, set, variant } = asked;
  return { file, set: [...set, ...overrides(asked), ...more], variant };
}

async function found(job: Job): Promise<Sizing> {
  const { base, asked } = job;
  const axes = asked.headroom ? [await trafficAxis()] : await axesFor(job);
  const { search } = await import("../../experiment/size.ts");
  const { documentOf } = await import("../../experiment/sizingDocument.ts");
  const scenarioAt = async (positions: readonly number[], more: readonly string[] = []) => {
    const values = positions.map((position, axis) => axes[axis]!.values[position]!);
    const set = asked.headroom ? await trafficTimes(base, values[0]!) : assigned(axes, values);
    return { values, scenario: await loadOrStop(wantedOf(asked, [...set, ...more])) };
  };
  const tryAt: TryAt = async (positions) => tried(job, await scenarioAt(positions));
  const refused = new Set<string>();
  const before = new Map<string, Tried>();
  for (;;) {
    const searched: Searched = await search(axes, tryAt, refused, before);
    const goal = asked.headroom ? "headroom" : "cheapest";
    const terms = { base, goal, axes, searched, refused, drills: job.drills } as const;
    if (searched.answer === null)
      return documentOf({ ...terms, fresh: undefined, ...(await mostOf(job, scenarioAt, axes)) });
    const seed = JSON.stringify(`${base.seed} confirmed`);
    const again = await scenarioAt(searched.answer, [`seed=${seed}`]);
    const records: RunRecord[] = [];
    const confirmation = await tried(job, again, records);
    if (confirmation.verdict === "holds") {
      const fresh = await freshRuns(job, searched.answer, scenarioAt);
      return documentOf({ ...terms, confirmation, records, confirmed: again.scenario, fresh });
    }
    refused.add(searched.answer.join());
  }
}

type ScenarioAt = (
  positions: readonly number[],
  more?: readonly string[],
) => Promise<{ values: readonly string[]; scenario: Scenario }>;

/** The answer again with luck that nothing has seen yet, each run judged by itself. */
async function freshRuns(
  { base, asked: { confirm }, simulation: { hands, onlooker } }: Job,
  answer: readonly number[],
  scenarioAt: ScenarioAt,
): Promise<Sizing["fresh"]> {
  if (confirm === undefined) return undefined;
  const { measuredBy } = await import("../../experiment/cells/hands.ts");
  const { keepers } = await import("../../experiment/underDrills.ts");
  const { missChanceOf } = await import("../../experiment/summary/objectives.ts");
  onlooker.stage("confirming the answer");
  const { scenario } = await scenarioAt(answer, [`seed=${JSON.stringify(`${base.seed} fresh`)}`]);
  const kept = keepers(scenario, await measuredBy(hands, { scenario, from: 0, count: confirm }));
  return { kept, of: confirm, missChance: missChanceOf(kept, confirm, base.run.confidence) };
}

/** When the drills strike is the same for all: the peak of the traffic as the scenario stands. */
async function drillsChosen(
  base: Scenario,
  text: string | undefined,
  { hands, onlooker }: Simulation,
): Promise<Pick<Job, "drills" | "drillsAt">> {
  if (text === undefined) return { drills: [], drillsAt: () => [] };
  const { breakages, chosenDrills } = await import("../../experiment/underDrills.ts");
  const kinds = [...new Set(text.split(","))].map((word) => {
    const kind = breakages.find((one) => one === word.trim());
    if (kind) return kind;
    const known = breakages.join(", ");
    throw new Stop(exit.commandLine, `--drill: there is no drill "${word}"; there are ${known}`);
  });
  const { peakOf } = await import("../../experiment/drill.ts");
  const { assemble } = await import("../../experiment/assemble.ts");
  const { replicated } = await import("../../experiment/precision.ts");
  const { recordsOf } = await import("../../experiment/cells/hands.ts");
  onlooker.stage("looking for the peak");
  const once = replicated(base, 1);
  const records = await recordsOf(hands, { scenario: once, from: 0, count: 1 });
  const moment = peakOf(base, assemble(once, records));
  const drillsAt = (scenario: Scenario) => chosenDrills(scenario, moment, kinds);
  if (drillsAt(base).length === 0)
    throw new Stop(
      exit.commandLine,
      `--drill ${text}: no part of the scenario can break like that`,
    );
  return { drills: kinds, drillsAt };
}

/** Where nothing fits, what the most of everything does is still worth the textbook's word. */
async function mostOf(job: Job, scenarioAt: ScenarioAt, axes: readonly Axis[]) {
  const most = await scenarioAt(axes.map(({ values }) => values.length - 1));
  const records: RunRecord[] = [];
  await tried(job, most, records);
  const confirmed = records.length > 0 ? { confirmed: most.scenario } : {};
  return { confirmation: null, records, ...confirmed };
}

function assigned(axes: readonly Axis[], values: readonly string[]): string[] {
  return values.map((value, axis) => `${axes[axis]!.path}=${value}`);
}

interface Values {
  readonly values: readonly string[];
  readonly scenario: Scenario;
}

/** One trial, and where it holds the same under each drill; with a list, the records of the first are kept. */
async function tried(
  job: Job,
  { values, scenario }: Values,
  records?: RunRecord[],
): Promise<TrialResult> {
  const plain = await triedOnce(job, { values, scenario }, records);
  const struck: { words: string; trial: TrialResult }[] = [];
  if (plain.verdict !== "holds") return plain;
  for (const { words, scenario: broken } of job.drillsAt(scenario)) {
    const trial = await triedOnce(job, { values, scenario: broken });
    struck.push({ words, trial });
    if (trial.verdict !== "holds") break;
  }
  const { joined } = await import("../../experiment/underDrills.ts");
  return joined(plain, struck);
}

async function triedOnce(
  { asked, simulation: { hands, onlooker } }: Job,
  { values, scenario }: Values,
  records?: RunRecord[],
): Promise<TrialResult> {
  const { tryOut } = await import("../../experiment/trial.ts");
  const { measuresOf } = await import("../../experiment/measures.ts");
  const { measuredBy, recordsOf } = await import("../../experiment/cells/hands.ts");
  const { LimitReached } = await import("../../experiment/pool.ts");
  const ceiling = asked["max-replications"];
  const floor = Math.min(ceiling, FLOOR);
  onlooker.stage(`trying ${values.join(", ")}`);
  return tryOut(scenario, values, { floor, ceiling }, async (from, to) => {
    const wanted = { scenario, from, count: to - from };
    try {
      if (!records) return await measuredBy(hands, wanted);
      const fresh = await recordsOf(hands, wanted);
      records.push(...fresh);
      return fresh.map((record) => measuresOf(scenario, record));
    } catch (problem) {
      if (!(problem instanceof LimitReached)) throw problem;
      return problem.message;
    }
  });
}

async function axesFor({ base, asked }: Job): Promise<Axis[]> {
  const { parseAxis } = await import("../../experiment/axes.ts");
  const texts = asked.knob.length > 0 ? asked.knob : usualKnobs(base);
  if (texts.length === 0)
    throw new Stop(
      exit.commandLine,
      "no fleet waits for slots; say what may be chosen with --knob",
    );
  return texts.map((text) => {
    const axis = parseAxis(text);
    if (typeof axis === "string") throw new Stop(exit.commandLine, `--knob ${text}: ${axis}`);
    return axis;
  });
}

/** From one instance to four times as many as there are, of every fleet with slots that nothing scales. */
function usualKnobs({ resolved, autoscalers }: Scenario): string[] {
  const parts = resolved["parts"] as Record<
    string,
    { slots?: unknown; fleet?: { instances: number } }
  >;
  return Object.entries(parts)
    .filter(
      ([name, part]) => part.slots !== undefined && part.fleet && !Object.hasOwn(autoscalers, name),
    )
    .map(([name, part]) => `parts.${name}.fleet.instances=1..${4 * part.fleet!.instances}`);
}

/** Multiples of the traffic from most to least, as less traffic is what costs: 16 to 1 by steps of 2 %. */
async function trafficAxis(): Promise<Axis> {
  const { parseAxis } = await import("../../experiment/axes.ts");
  const { values } = parseAxis("traffic=1.00..16.00:log141") as Axis;
  return { path: "traffic", values: [...values].reverse() };
}

async function trafficTimes(base: Scenario, multiple: string): Promise<string[]> {
  const { scaledArrivals } = await import("../../experiment/traffic.ts");
  const scaled = scaledArrivals(base, Number(multiple));
  if (typeof scaled === "string") throw new Stop(exit.commandLine, `--headroom: ${scaled}`);
  return scaled;
}
