/** First in, first out: the call that has waited longest is served next. */
import { Chain } from "./chain.ts";
import { discipline } from "./discipline.ts";

export const fifo = discipline({
  kind: "fifo",
  summary: "Serves the call that has waited longest.",
  notes:
    "Fair, but under overload every call waits for the whole queue, until all of them are late.",
  usual: true,
  options: {},
  create: (_options, { links }) => new Chain(links),
});
