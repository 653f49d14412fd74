/** `loadstar init`: a first scenario to change, with completion in the editor from its first line. */
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exit, Stop } from "../exit.ts";
import { starter } from "../starter.ts";
import { note, print } from "../terminal.ts";
import { verb } from "../verb.ts";

const SCENARIO = "scenario.yaml";
const SCHEMA = "scenario.schema.json";

export const init = verb({
  usage: "init [place]",
  summary: "Writes a small scenario to start from",
  given: {
    place: { type: "string", default: ".", describe: "Folder, or the scenario's own file name" },
  },
  flags: {},
  examples: [
    ["$0 init", `${SCENARIO} here`],
    ["$0 init plans/spring.yaml", "under a name of your own"],
  ],

  async perform({ place }) {
    const file = fileFor(place);
    if (existsSync(file))
      throw new Stop(exit.files, `${file}: is there already and is not overwritten`);
    const { schemaText } = await import("../../scenario/reference.ts");
    mkdirSync(dirname(file), { recursive: true });
    // "wx" also refuses a file that appeared since: what a planner wrote is never lost.
    writeFileSync(file, starter(SCHEMA), { flag: "wx" });
    const schema = join(dirname(file), SCHEMA);
    if (!existsSync(schema)) writeFileSync(schema, schemaText(), { flag: "wx" });
    print(file);
    note(`next: loadstar run ${file}`);
    return exit.met;
  },
});

/** A folder gets the usual name; anything that ends like a YAML file is the file itself. */
function fileFor(place: string): string {
  const isFile = /\.ya?ml$/i.test(place) && !isFolder(place);
  return isFile ? place : join(place, SCENARIO);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
