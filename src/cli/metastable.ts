/** `loadstar size --metastable <part>`: the smallest trigger from which a platform does not recover. */
import type { Metastability } from "../experiment/metastability.ts";
import type { Scenario } from "../scenario/load.ts";
import { didYouMean } from "../schema/suggest.ts";
import { exit, Stop } from "./exit.ts";
import type { Simulation } from "./simulation.ts";
import { print } from "./terminal.ts";

interface Asked {
  readonly part: string;
  readonly json: boolean;
  /** The scenario with more replacements. */
  load(more: readonly string[]): Promise<Scenario>;
}

/** Searches, and prints what was found. */
export async function tellMetastable(
  base: Scenario,
  { part, json, load }: Asked,
  { hands, onlooker }: Simulation,
): Promise<number> {
  refuseUnfit(base, part);
  const { recoveryOf, smallestTrigger, stageOf, triggerOn } =
    await import("../experiment/metastability.ts");
  const { recordsOf } = await import("../experiment/cells/hands.ts");
  const { duration } = await import("../report/units.ts");
  const stage = stageOf(base);
  const found = await smallestTrigger(stage.longest, async (length) => {
    onlooker.stage(`${part} stands still for ${duration(length / 1e9)}`);
    const scenario = await load([triggerOn(part, stage, length)]);
    const trigger = { at: stage.at, until: stage.at + length };
    const count = base.run.replications;
    const records = await recordsOf(hands, { scenario, from: 0, count });
    const recoveries = records.map((record) => recoveryOf(scenario, record, trigger));
    return recoveries.includes(null) ? null : Math.max(...(recoveries as number[]));
  });
  onlooker.end();
  const about = { scenario: base.file, variant: base.variant, part, at: stage.at / 1e9 };
  const said = inWords(base, part, found, duration);
  const document = { format: "loadstar/metastability", version: "1.0", ...about, ...found };
  print(json ? JSON.stringify({ ...document, sentences: said }, null, 2) : said.join("\n"));
  return exit.met;
}

function refuseUnfit({ parts }: Scenario, part: string): void {
  const fit = Object.entries(parts).filter(([, spec]) => "fleet" in spec);
  if (fit.some(([name]) => name === part)) return;
  const names = fit.map(([name]) => name);
  const meant = didYouMean(part, names);
  const hint = meant ? `did you mean "${meant}"?` : `known are ${names.join(", ")}`;
  throw new Stop(exit.commandLine, `--metastable: there is no fleet "${part}"; ${hint}`);
}

function inWords(
  { run, window }: Scenario,
  part: string,
  { smallest, largestBorne }: Metastability,
  duration: (seconds: number) => string,
): string[] {
  const borne =
    largestBorne === null
      ? ""
      : `it recovers from ${duration(largestBorne.length)}, within ${duration(largestBorne.recoveredAfter!)} of its end`;
  const answer =
    smallest === null
      ? `The platform recovers from every standstill of ${part} up to ${duration(largestBorne!.length)}, the longest tried, within ${duration(largestBorne!.recoveredAfter!)} of its end.`
      : `When ${part} stands still for ${duration(smallest.length)} or longer, the platform does not recover by the end of the run${borne && `; ${borne}`}.`;
  const times = run.replications === 1 ? "once" : `${run.replications} times`;
  return [
    answer,
    `Every instance of ${part} stood still, without the scenario's own faults, after a quarter of the measured time; then the rest of the run was watched. Each length was run ${times} and counts as borne when every run was well again. Well is a window of ${duration(window / 1e9)} in which no more requests fail than before, or than 1 %, and no queue is longer than twice what it was.`,
  ];
}
