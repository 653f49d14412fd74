/** `loadstar report`: makes the report again from a saved result, without simulating. */
import { join } from "node:path";
import type { Result } from "../../experiment/result.ts";
import { exit, Stop } from "../exit.ts";
import { readText, RESULT_LIMIT } from "../files.ts";
import { writeFolder } from "../folder.ts";
import { checkpoint, interruptible } from "../interrupt.ts";
import { note } from "../terminal.ts";
import { once, verb } from "../verb.ts";

export const report = verb({
  usage: "report <folder>",
  summary: "Makes a report again from the result.json in its folder",
  given: {
    folder: { type: "string", demandOption: true, describe: "Folder with a result.json" },
  },
  flags: {
    out: {
      type: "string",
      requiresArg: true,
      coerce: once("--out"),
      describe: "Write into this folder instead",
    },
  },
  examples: [["$0 report reports/mm1/3f2a90c1d4b7", "after an update of Loadstar's charts"]],

  perform: ({ folder, out = folder }) =>
    interruptible(async (signal) => {
      const path = join(folder, "result.json");
      const result = await parseResult(path, readText(path, RESULT_LIMIT));
      const { renderReport } = await import("../../report/index.ts");
      const files = await renderReport(result);
      await checkpoint(signal);
      writeFolder(out, files);
      note(`report: ${join(out, "report.html")}`);
      return exit.met;
    }),
});

/** The versions whose results this program understands: the major one it writes itself. */
const FORMAT = "loadstar/result";
const MAJOR = "1";

/** A result from its text. What is no result, or one of another age, is refused with the reason. */
async function parseResult(path: string, text: string): Promise<Result> {
  const refuse = (why: string) => new Stop(exit.files, `${path}: ${why}`);
  const { resultSchema } = await import("../../experiment/result.ts");
  const found = parseJson(text);
  if (found?.["format"] !== FORMAT) throw refuse("is no result of Loadstar");
  const version = String(found["version"]);
  if (version.split(".", 1)[0] !== MAJOR)
    throw refuse(`has version ${version}; this Loadstar reads ${MAJOR}.x (run the scenario again)`);
  const checked = resultSchema.safeParse(found);
  // As it was read: the check would put the fields in its own order, and the bytes must stay.
  if (checked.success) return found as unknown as Result;
  const [issue] = checked.error.issues;
  throw refuse(`is damaged at ${issue?.path.join(".")}: ${issue?.message}`);
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}
