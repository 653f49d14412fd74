/** Every item as popular as any other: the worst case for a cache. */
import { count } from "../../schema/fields.ts";
import { keys } from "./keys.ts";

export const uniform = keys({
  kind: "uniform",
  summary: "Every item is requested as often as any other.",
  notes: "A cache of C of the N items then hits C/N of the time, whatever it replaces.",
  options: { items: count("Items there are.", { min: 1, max: 1e9 }) },
  items: ({ items }) => items,
  create: ({ items }, { random }) => ({ items, draw: () => random.below(items) }),
});
