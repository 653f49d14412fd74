/** Invalidation on write: the store is written, the cache forgets the item and must fetch it again. */
import { writing } from "./write.ts";

export const around = writing({
  kind: "around",
  summary: "A write goes to the store, and the cache forgets the item (invalidation on write).",
  notes: "The item is forgotten even if the write failed: nobody knows what the store has now.",
  options: {},
  usesStore: true,
  create: (_options, context) => ({
    write: (call) => context.store(call),
    written(call, outcome) {
      context.forget(call);
      context.answer(call, outcome);
    },
    crashed: () => 0,
  }),
});
