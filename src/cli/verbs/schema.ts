/** `loadstar schema`: the scenario language for editors (JSON Schema) or for people (Markdown). */
import { exit } from "../exit.ts";
import { print } from "../terminal.ts";
import { verb } from "../verb.ts";

export const schema = verb({
  usage: "schema",
  summary: "Prints the scenario language as JSON Schema, for editors",
  given: {},
  flags: {
    reference: { type: "boolean", default: false, describe: "As a manual in Markdown instead" },
  },
  examples: [
    ["$0 schema > scenario.schema.json", "completion and checks while you write YAML"],
    ["$0 schema --reference > REFERENCE.md", "every kind and field on one page"],
  ],

  async perform(asked) {
    const reference = await import("../../scenario/reference.ts");
    print(asked.reference ? reference.referenceText() : reference.schemaText());
    return exit.met;
  },
});
