/** `loadstar check`: every mistake of every file at once, without simulating anything. */
import type { Loaded } from "../../scenario/load.ts";
import type { Scenario } from "../../scenario/language.ts";
import { exit } from "../exit.ts";
import { inOneLine, load } from "../load.ts";
import { coloured, print } from "../terminal.ts";
import { scenarioFlags, verb } from "../verb.ts";

export const check = verb({
  usage: "check <files..>",
  summary: "Reports every mistake in scenario files and all their variants",
  given: {
    files: {
      type: "string",
      array: true,
      demandOption: true,
      describe: "Scenarios, or - for standard input",
    },
  },
  flags: {
    ...scenarioFlags,
    json: { type: "boolean", default: false, describe: "Print the mistakes as a JSON list" },
    engine: {
      type: "boolean",
      default: false,
      describe: "Say whether it is computed without events, or what needs them",
    },
  },
  examples: [
    ["$0 check scenarios/*.yaml", "all of them, as CI would"],
    ["$0 check night.yaml --variant reactive", "only this variant"],
  ],

  async perform({ files, set, variant, json, engine }) {
    const checked: { file: string; loaded: Loaded }[] = [];
    for (const file of files)
      checked.push({ file, loaded: await load({ file, set, variant }, true) });
    if (json) print(JSON.stringify(checked.flatMap(issuesOf), null, 2));
    else for (const { file, loaded } of checked) print(await inWords(file, loaded, engine));
    return checked.every(({ loaded }) => loaded.ok) ? exit.met : exit.scenario;
  },
});

async function inWords(file: string, loaded: Loaded, engine: boolean): Promise<string> {
  if (!loaded.ok) return loaded.report({ colour: coloured(process.stdout) });
  const warnings = await Promise.all(loaded.warnings.map(inOneLine));
  return [
    ...warnings.map((said) => `${file}: warning: ${said}`),
    `${file}: no mistakes`,
    ...(engine ? (await engineOf(loaded.scenario)).map((said) => `${file}: ${said}`) : []),
  ].join("\n");
}

async function engineOf(scenario: Scenario): Promise<string[]> {
  const { needsEvents } = await import("../../experiment/replication.ts");
  const reasons = needsEvents(scenario);
  if (reasons.length === 0) return ["computed without events"];
  return reasons.map((reason) => `run with events: ${reason}`);
}

function issuesOf({ file, loaded }: { file: string; loaded: Loaded }) {
  const severity = loaded.ok ? "warning" : "error";
  const issues = loaded.ok ? loaded.warnings : loaded.issues;
  return issues.map((issue) => ({ file, severity, ...issue }));
}
