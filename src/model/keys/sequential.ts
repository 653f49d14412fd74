/** One item after another, again and again: a scan, which is what caches that keep the recent fear. */
import { count } from "../../schema/fields.ts";
import { keys } from "./keys.ts";

export const sequential = keys({
  kind: "sequential",
  summary: "One item after another, and again from the first: a scan, a crawler.",
  notes: "A cache of fewer items that replaces the least recently used one never hits under it.",
  options: { items: count("Items there are.", { min: 1, max: 1e9 }) },
  items: ({ items }) => items,
  create({ items }) {
    let last = items - 1;
    return { items, draw: () => (last = last + 1 === items ? 0 : last + 1) };
  },
});
