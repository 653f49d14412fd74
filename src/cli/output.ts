/** Where an answer goes: a folder of files, and stdout. */
import { join } from "node:path";
import type { Hands } from "../experiment/cells/hands.ts";
import { stayYoung } from "../experiment/young.ts";
import type { RenderOptions } from "../report/figures.ts";
import type { TerminalOptions } from "../report/screen.ts";
import { exit, Stop } from "./exit.ts";
import { writeFolder } from "./folder.ts";
import { checkpoint } from "./interrupt.ts";
import type { Simulation } from "./simulation.ts";
import { coloured, note, widthOf } from "./terminal.ts";
import { once, type Flags } from "./verb.ts";

/** The flags of every verb that answers with a report. */
export const outputFlags = {
  out: {
    type: "string",
    requiresArg: true,
    default: "reports",
    coerce: once("--out"),
    describe: "Folder that gets a folder with the report, named by scenario and id",
  },
  "no-report": { type: "boolean", default: false, describe: "Write no files" },
  json: { type: "boolean", default: false, describe: "Print the whole answer as JSON" },
  quiet: { type: "boolean", default: false, describe: "Show no progress" },
} as const satisfies Flags;

/** What those flags say. */
export interface Output {
  readonly out: string;
  readonly "no-report": boolean;
  readonly json: boolean;
}

/** Who tells an answer; those who have simulated for it are let go before. */
export type Teller = Pick<Simulation, "onlooker" | "signal"> & { readonly hands?: Hands };

interface Answer {
  readonly asked: Pick<Output, "out" | "no-report">;
  readonly simulation: Teller;
  /** Below the folder for reports. */
  readonly folder: string;
  render(options: RenderOptions): Promise<ReadonlyMap<string, string | Uint8Array>>;
  print(options: TerminalOptions): void;
}

/** Writes the report, unless nobody wants it, prints the answer, and says where the report is. */
export async function tell({ asked, simulation, folder, render, print }: Answer): Promise<void> {
  const { onlooker, signal, hands } = simulation;
  await hands?.close();
  stayYoung();
  const place = asked["no-report"] ? null : join(asked.out, checkedName(folder));
  if (place) {
    onlooker.stage("drawing the report");
    const onProgress = (done: number, of: number) =>
      onlooker.stage(`drawing the report, ${done} of ${of} charts`);
    const files = await render({ onProgress });
    await checkpoint(signal);
    writeFolder(place, files);
  }
  onlooker.end();
  print({ colour: coloured(process.stdout), width: widthOf(process.stdout) });
  if (place) note(`report: ${join(place, "report.html")}`);
}

/** "double-eleven/compare-3f2a…": a scenario without a name has no folder. */
function checkedName(folder: string): string {
  const [scenario, ...rest] = folder.split("/");
  if (rest.length !== 1 || /^\.*$/.test(scenario!) || folder.includes("\\"))
    throw new Stop(exit.files, "the scenario's file needs a name");
  return folder;
}
