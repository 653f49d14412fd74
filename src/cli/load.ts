/** A scenario as the command line asks for it: its text, the replacements, the variant. */
import type { Loaded, Scenario } from "../scenario/load.ts";
import {
  readerFor,
  readInput,
  readNothing,
  readText,
  SCENARIO_LIMIT,
  STANDARD_INPUT,
} from "./files.ts";
import { exit, Stop } from "./exit.ts";
import { coloured, note } from "./terminal.ts";

export interface Wanted {
  /** A path, or STANDARD_INPUT. */
  file: string;
  set: readonly string[];
  variant: string | undefined;
}

/** Reads and checks a scenario. */
export async function load({ file, set, variant }: Wanted): Promise<Loaded> {
  const { loadScenario } = await import("../scenario/load.ts");
  const piped = file === STANDARD_INPUT;
  const text = piped
    ? await readInput(process.stdin, SCENARIO_LIMIT)
    : readText(file, SCENARIO_LIMIT);
  return loadScenario({
    file: piped ? "standard-input" : file,
    text,
    readFile: piped ? readNothing : readerFor(file),
    set,
    variant: variant ?? null,
  });
}

/** A scenario that can be run; one with mistakes ends the program with all of them. */
export async function loadOrStop(wanted: Wanted): Promise<Scenario> {
  const loaded = await load(wanted);
  if (!loaded.ok) {
    note(loaded.report({ colour: coloured(process.stderr) }));
    throw new Stop(exit.scenario, mistakes(loaded.count));
  }
  for (const warning of loaded.warnings) note(`warning: ${warning.message}`);
  return loaded.scenario;
}

/** "1 mistake", "3 mistakes". */
export function mistakes(count: number): string {
  return `${count} ${count === 1 ? "mistake" : "mistakes"}`;
}
