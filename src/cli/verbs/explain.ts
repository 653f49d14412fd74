/** `loadstar explain`: what a word means, where a scenario's values come from, why a run went as it did. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../../experiment/result.ts";
import { exit, Stop } from "../exit.ts";
import { readText, RESULT_LIMIT, STANDARD_INPUT } from "../files.ts";
import { interruptible } from "../interrupt.ts";
import { load, loadOrStop } from "../load.ts";
import { parseResult } from "../results.ts";
import { simulating } from "../simulation.ts";
import { coloured, note, print, widthOf } from "../terminal.ts";
import { overrides, scenarioFlags, simulationFlags, verb } from "../verb.ts";

export const explain = verb({
  usage: "explain <subject>",
  summary: "Explains a word, a scenario's values, or why a run went as it did",
  given: {
    subject: {
      type: "string",
      demandOption: true,
      describe:
        "A kind such as power-of-choices, a field such as journey, a scenario, or the folder of a report",
    },
  },
  flags: {
    run: {
      type: "boolean",
      default: false,
      describe: "Run the scenario and say why it went as it did",
    },
    ...simulationFlags,
    ...scenarioFlags,
    json: { type: "boolean", default: false, describe: "Print the explanation as JSON" },
    quiet: { type: "boolean", default: false, describe: "Show no progress" },
  },
  examples: [
    ["$0 explain kubernetes-hpa", "what it computes, and every setting"],
    ["$0 explain hedge", "where the field stands, what is in it, an example"],
    ["$0 explain night.yaml", "each value, and the line or default it comes from"],
    [
      "$0 explain night.yaml --run",
      "the causes by time, the bottleneck, single requests, the headroom",
    ],
    ["$0 explain reports/night/3f2a90c1d4b7", "the same of a saved report"],
  ],

  async perform(asked) {
    const path = pathOf(asked.subject);
    const isScenario = path !== null && !path.endsWith("result.json");
    if (asked.run && !isScenario)
      throw new Stop(exit.commandLine, `--run needs a scenario; ${asked.subject} is none`);
    if (path === null) return aKind(asked);
    if (!isScenario) return tell(await saved(path), asked);
    return asked.run ? tell(await ran(asked), asked) : values(asked);
  },
});

interface Asked {
  readonly subject: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly jobs?: number | undefined;
  readonly seed?: string | undefined;
  readonly set: readonly string[];
  readonly variant?: string | undefined;
}

/**
 * The file that is meant, or null for a word of the language: those have no slashes, and a dot only
 * after a blank, in the version of a product.
 */
function pathOf(subject: string): string | null {
  const isVersion = /^[\w-]+ [\d.]+$/.test(subject);
  const looksLikePath = /[./\\]/.test(subject) && !isVersion;
  const isPath = looksLikePath || subject === STANDARD_INPUT || existsSync(subject);
  if (!isPath) return null;
  const isFolder = statSync(subject, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? join(subject, "result.json") : subject;
}

async function aKind({ subject, json }: Asked): Promise<number> {
  const reference = await import("../../scenario/reference.ts");
  const page = reference.explain(subject);
  if (typeof page === "string") {
    print(json ? JSON.stringify({ kind: subject, page }, null, 2) : page);
    return exit.met;
  }
  const meant = page.suggestion ? `; did you mean "${page.suggestion}"?` : ";";
  throw new Stop(
    exit.commandLine,
    `there is no kind or field "${subject}"${meant} \`loadstar schema --reference\` has every field`,
  );
}

function wantedOf(asked: Asked) {
  const set = [...asked.set, ...overrides(asked)];
  return { file: asked.subject, set, variant: asked.variant };
}

/** The resolved scenario with the origin of each value. */
async function values(asked: Asked): Promise<number> {
  const loaded = await load(wantedOf(asked));
  if (!loaded.ok) {
    note(loaded.report({ colour: coloured(process.stderr) }));
    throw new Stop(exit.scenario, "nothing was explained");
  }
  const { originsText } = await import("../../scenario/origins.ts");
  const traced = loaded.origins();
  print(
    asked.json ? JSON.stringify(traced, null, 2) : originsText(loaded.scenario.resolved, traced),
  );
  return exit.met;
}

function saved(path: string): Promise<Result> {
  return parseResult(path, readText(path, RESULT_LIMIT));
}

function ran(asked: Asked): Promise<Result> {
  return interruptible((signal) =>
    simulating({ ...asked, file: asked.subject, signal }, async ({ hands, onlooker }) => {
      const wished = wantedOf(asked);
      const scenario = await loadOrStop({ ...wished, set: ["run.traces=true", ...wished.set] });
      const { assemble } = await import("../../experiment/assemble.ts");
      const { replications } = scenario.run;
      onlooker.expect(replications);
      const { recordsOf } = await import("../../experiment/cells/hands.ts");
      const onShare = (at: number, share: number) => onlooker.advance(at, share);
      const wanted = { scenario, from: 0, count: replications, onShare };
      return assemble(scenario, await recordsOf(hands, wanted));
    }),
  );
}

async function tell(result: Result, { json }: Asked): Promise<number> {
  const { whyOf, whyTerminal } = await import("../../report/why/why.ts");
  const why = whyOf(result);
  const options = { colour: coloured(process.stdout), width: widthOf(process.stdout) };
  print(json ? JSON.stringify(why, null, 2) : whyTerminal(result, why, options));
  return exit.met;
}
