/**
 * CLOCK, or second chance: items in the order they came, each with a mark that a use sets. The one
 * that came first makes room if it has no mark; if it has, it loses the mark and counts as new.
 */
import { withRoomFor } from "../caches/keyTable.ts";
import { replacement } from "./replacement.ts";
import { Ring } from "./ring.ts";

export const clock = replacement({
  kind: "clock",
  summary:
    "Evicts the oldest item that was not used since it was last spared: nearly lru, cheaper.",
  source: "F. J. Corbató, A paging experiment with the Multics system, MIT, 1968",
  options: {},
  create() {
    const ring = new Ring();
    let used = new Uint8Array(16);
    return {
      enter(slot) {
        ring.enter(slot);
        used = withRoomFor(used, slot);
        used[slot] = 0;
      },
      use(slot) {
        used[slot] = 1;
      },
      leave: (slot) => ring.leave(slot),
      victim() {
        while (used[ring.oldest] === 1) {
          used[ring.oldest] = 0;
          ring.renew(ring.oldest);
        }
        return ring.oldest;
      },
      clear: () => ring.clear(),
    };
  },
});
