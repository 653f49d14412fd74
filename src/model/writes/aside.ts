/** Beside the store: whoever writes has written to the store, or will. */
import { OK } from "../outcomes.ts";
import { writing } from "./write.ts";

export const aside = writing({
  kind: "aside",
  summary: "A write is kept in the cache alone; the caller sees to the store (cache-aside).",
  usual: true,
  options: {},
  usesStore: false,
  create: (_options, context) => ({
    write(call) {
      context.keep(call);
      context.answer(call, OK);
    },
    written: () => {},
    crashed: () => 0,
  }),
});
