/** `loadstar explain`: the reference page of one word of the scenario language. */
import { exit, Stop } from "../exit.ts";
import { print } from "../terminal.ts";
import { verb } from "../verb.ts";

export const explain = verb({
  usage: "explain <kind>",
  summary: "Explains a word users write after kind:, with its fields and its source",
  given: {
    kind: { type: "string", demandOption: true, describe: "For example power-of-choices" },
  },
  flags: {},
  examples: [["$0 explain kubernetes-hpa", "what it computes, and every setting"]],

  async perform({ kind }) {
    const reference = await import("../../scenario/reference.ts");
    const page = reference.explain(kind);
    if (typeof page === "string") {
      print(page);
      return exit.met;
    }
    const meant = page.suggestion ? `; did you mean "${page.suggestion}"?` : "";
    throw new Stop(exit.commandLine, `there is no kind "${kind}"${meant}`);
  },
});
