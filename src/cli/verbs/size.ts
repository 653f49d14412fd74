/** `loadstar size`: the cheapest values that keep every promise, or the most traffic that does. */
import type { Axis } from "../../experiment/axes.ts";
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
    ...simulationFlags,
    ...queueFlags,
    ...scenarioFlags,
    ...outputFlags,
  },
  examples: [
    ["$0 size night.yaml", "how many instances of each part"],
    ["$0 size night.yaml --knob parts.web.fleet.instances=4..80", "of one part, at most 80"],
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
        const sizing = await found({ base, asked, simulation });
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
  readonly seed?: string | undefined;
  readonly set: readonly string[];
  readonly variant?: string | undefined;
}

interface Job {
  readonly base: Scenario;
  readonly asked: Asked;
  readonly simulation: Simulation;
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
    const terms = { base, goal, axes, searched, refused } as const;
    if (searched.answer === null)
      return documentOf({ ...terms, ...(await mostOf(job, scenarioAt, axes)) });
    const seed = JSON.stringify(`${base.seed} confirmed`);
    const again = await scenarioAt(searched.answer, [`seed=${seed}`]);
    const records: RunRecord[] = [];
    const confirmation = await tried(job, again, records);
    if (confirmation.verdict === "holds")
      return documentOf({ ...terms, confirmation, records, confirmed: again.scenario });
    refused.add(searched.answer.join());
  }
}

/** Where nothing fits, what the most of everything does is still worth the textbook's word. */
async function mostOf(
  job: Job,
  scenarioAt: (
    positions: readonly number[],
  ) => Promise<{ values: readonly string[]; scenario: Scenario }>,
  axes: readonly Axis[],
) {
  const most = await scenarioAt(axes.map(({ values }) => values.length - 1));
  const records: RunRecord[] = [];
  await tried(job, most, records);
  const confirmed = records.length > 0 ? { confirmed: most.scenario } : {};
  return { confirmation: null, records, ...confirmed };
}

function assigned(axes: readonly Axis[], values: readonly string[]): string[] {
  return values.map((value, axis) => `${axes[axis]!.path}=${value}`);
}

/** One trial; with a list for records, they are kept there. */
async function tried(
  { asked, simulation: { hands, onlooker } }: Job,
  { values, scenario }: { values: readonly string[]; scenario: Scenario },
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
