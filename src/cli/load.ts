/** A scenario as the command line asks for it: its text, the replacements, the variant. */
import type { Loaded, Scenario } from "../scenario/load.ts";
import type { Issue } from "../schema/issue.ts";
import {
  locatorFor,
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

/** What came through the pipe: it can be read only once, and may be asked for again. */
let input: Promise<string> | undefined;

/** Reads and checks a scenario; `every` variant of it too, unless one is wanted. */
export async function load({ file, set, variant }: Wanted, every = false): Promise<Loaded> {
  const { checkScenarioFile, loadScenario } = await import("../scenario/load.ts");
  const piped = file === STANDARD_INPUT;
  const text = piped
    ? await (input ??= readInput(process.stdin, SCENARIO_LIMIT))
    : readText(file, SCENARIO_LIMIT);
  const read = every ? checkScenarioFile : loadScenario;
  return read({
    file: piped ? "standard-input" : file,
    text,
    readFile: piped ? readNothing : readerFor(file),
    locate: piped ? readNothing : locatorFor(file),
    set,
    variant: variant ?? null,
  });
}

/** A scenario that can be run; one with mistakes ends the program with all of them. */
export async function loadOrStop(wanted: Wanted): Promise<Scenario> {
  const loaded = await load(wanted);
  if (loaded.ok) {
    for (const warning of loaded.warnings) noteOnce(`warning: ${await inOneLine(warning)}`);
    return loaded.scenario;
  }
  note(loaded.report({ colour: coloured(process.stderr) }));
  throw new Stop(exit.scenario, "nothing was simulated");
}

const said = new Set<string>();

/** Variants of a scenario share most of their warnings. */
function noteOnce(text: string): void {
  if (!said.has(text)) note(text);
  said.add(text);
}

/** A warning with the path of what it is about, safe to print. */
export async function inOneLine(warning: Issue): Promise<string> {
  const { sentence } = await import("../scenario/diagnostics.ts");
  return sentence(warning);
}
