/** `loadstar schema`: the scenario language for editors (JSON Schema) or for people (Markdown). */
import { exit, Stop } from "../exit.ts";
import { print } from "../terminal.ts";
import { verb } from "../verb.ts";

export const schema = verb({
  usage: "schema",
  summary: "Prints the scenario language, or the form of results, as JSON Schema",
  given: {},
  flags: {
    reference: { type: "boolean", default: false, describe: "As a manual in Markdown instead" },
    result: { type: "boolean", default: false, describe: "What result.json may hold instead" },
  },
  examples: [
    ["$0 schema > scenario.schema.json", "completion and checks while you write YAML"],
    ["$0 schema --result > result.schema.json", "for programs that read results"],
    ["$0 schema --reference > REFERENCE.md", "every kind and field on one page"],
  ],

  async perform(asked) {
    if (asked.result && asked.reference)
      throw new Stop(exit.commandLine, "results have no manual; give --result or --reference");
    if (asked.result) {
      const { resultSchemaText } = await import("../../experiment/resultSchema.ts");
      print(resultSchemaText());
      return exit.met;
    }
    const reference = await import("../../scenario/reference.ts");
    print(asked.reference ? reference.referenceText() : reference.schemaText());
    return exit.met;
  },
});
