/** Items that are not in the store: made-up keys, which pass every cache (penetration). */
import { count } from "../../schema/fields.ts";
import { keys } from "./keys.ts";

export const absent = keys({
  kind: "absent",
  summary:
    "Items beyond those there are: made-up keys, as an attack on the store behind a cache sends.",
  notes: "Keys from `beyond` on, each as often as any other.",
  example: "keys: { kind: absent, beyond: 200k, items: 10M }",
  options: {
    beyond: count("Items the store has; no key is below it.", { max: 1e9 }),
    items: count("Different made-up keys.", { min: 1, max: 1e9 }),
  },
  items: ({ beyond, items }) => beyond + items,
  create: ({ beyond, items }, { random }) => ({
    items: beyond + items,
    draw: () => beyond + random.below(items),
  }),
});
