/**
 * The exact least-recently-used cache under independent requests: for a handful of items, because
 * every ordered content is enumerated.
 */
import { assert } from "../../kernel/assert.ts";

/** Items beyond this make the enumeration take minutes. */
const ITEMS_MAX = 14;

/**
 * Hit probability of each item. An ordered content i₁ … i_C, most recent first, has probability
 * Π p(i_k) / (1 - p(i₁) - … - p(i_{k-1})). W. F. King, IFIP Congress (1971).
 */
export function lruHitProbabilities(popularities: readonly number[], capacity: number): number[] {
  assert(popularities.length <= ITEMS_MAX, `at most ${ITEMS_MAX} items can be enumerated`);
  assert(capacity < popularities.length, "a cache that holds everything hits always");
  const hits = popularities.map(() => 0);
  const held: number[] = [];
  const extend = (probability: number, left: number): void => {
    if (held.length === capacity) {
      for (const item of held) hits[item]! += probability;
      return;
    }
    popularities.forEach((popularity, item) => {
      if (held.includes(item)) return;
      held.push(item);
      extend((probability * popularity) / left, left - popularity);
      held.pop();
    });
  };
  extend(1, 1);
  return hits;
}
