/** Scenarios from their files, as the command line reads them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { locatorFor, readerFor } from "../../src/cli/files.ts";
import { loadScenario, type Scenario } from "../../src/scenario/load.ts";
import { scenarios } from "../cli/loadstar.ts";

/** One of the repository's scenarios, with some values replaced. */
export function stored(name: string, ...set: string[]): Scenario {
  const file = join(scenarios, `${name}.yaml`);
  const text = readFileSync(file, "utf8");
  const beside = { readFile: readerFor(file), locate: locatorFor(file) };
  const loaded = loadScenario({ file, text, ...beside, set, variant: null });
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  return loaded.scenario;
}
