/** Write-through: the store has the item before the caller is told, and then the cache. */
import { OK } from "../outcomes.ts";
import { writing } from "./write.ts";

export const through = writing({
  kind: "through",
  summary: "A write goes to the store and then into the cache; the caller waits for both.",
  options: {},
  usesStore: true,
  create: (_options, context) => ({
    write: (call) => context.store(call),
    written(call, outcome) {
      if (outcome === OK) context.keep(call);
      else context.forget(call);
      context.answer(call, outcome);
    },
    crashed: () => 0,
  }),
});
