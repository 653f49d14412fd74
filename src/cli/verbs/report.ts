/** `loadstar report`: makes the report again from a saved result, without simulating. */
import { join } from "node:path";
import { exit } from "../exit.ts";
import { readText, RESULT_LIMIT } from "../files.ts";
import { writeFolder } from "../folder.ts";
import { checkpoint, interruptible } from "../interrupt.ts";
import { parseResult } from "../results.ts";
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
