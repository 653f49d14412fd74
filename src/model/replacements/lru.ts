/** Least recently used: the item that was not used for longest makes room. */
import { replacement } from "./replacement.ts";
import { Ring } from "./ring.ts";

export const lru = replacement({
  kind: "lru",
  summary: "Evicts the item that was not used for the longest time.",
  notes: "Takes 24 to 48 bytes of memory an item held, however large the keys.",
  usual: true,
  options: {},
  create() {
    const inOrderOfUse = new Ring();
    return {
      enter: (slot) => inOrderOfUse.enter(slot),
      use: (slot) => inOrderOfUse.renew(slot),
      leave: (slot) => inOrderOfUse.leave(slot),
      victim: () => inOrderOfUse.oldest,
      clear: () => inOrderOfUse.clear(),
    };
  },
});
