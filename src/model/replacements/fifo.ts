/** First in, first out: the item that came first makes room, however often it is used. */
import { replacement } from "./replacement.ts";
import { Ring } from "./ring.ts";

export const fifo = replacement({
  kind: "fifo",
  summary: "Evicts the item that has been there for the longest time, used or not.",
  notes: "Under independent requests it hits as often as random replacement, less often than lru.",
  options: {},
  create() {
    const inOrderOfComing = new Ring();
    return {
      enter: (slot) => inOrderOfComing.enter(slot),
      use: () => {},
      leave: (slot) => inOrderOfComing.leave(slot),
      victim: () => inOrderOfComing.oldest,
      clear: () => inOrderOfComing.clear(),
    };
  },
});
