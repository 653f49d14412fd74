/** A few items that everybody wants at once, before the rest of the catalogue. */
import { make } from "../../schema/definition.ts";
import { count, share } from "../../schema/fields.ts";
import { keys } from "./keys.ts";
import { plainKeyLaws, plainKeysSchema } from "./plain.ts";

export const hot = keys({
  kind: "hot",
  summary:
    "One item, or a few, that a share of all requests is about; the others follow another law.",
  notes:
    "The hot items are keys 0, 1, …, each as popular as the others. The rest draws from the whole catalogue, the hot ones included.",
  example: "keys: { kind: hot, share: 40 %, rest: { kind: zipf, items: 200k } }",
  options: {
    share: share("Share of requests that are about the hot items."),
    hot: count("How many hot items there are.", { min: 1, max: 1e6 }).default(1),
    rest: plainKeysSchema.describe("Which items the other requests are about."),
  },
  check: ({ hot: few, rest }) =>
    few <= rest.items
      ? []
      : [
          {
            path: ["hot"],
            message: `found ${few} hot items of ${rest.items}; expected at most as many`,
          },
        ],
  items: ({ rest }) => rest.items,
  tableBytes: ({ rest }) =>
    plainKeyLaws.find(({ kind }) => kind === rest.kind)!.tableBytes?.(rest as never) ?? 0,
  create({ share: part, hot: few, rest }, context) {
    const { random } = context;
    const others = make(plainKeyLaws, rest, context);
    return {
      items: others.items,
      draw: () => (random.next() < part ? random.below(few) : others.draw()),
    };
  },
});
