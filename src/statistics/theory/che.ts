/**
 * Che's approximation for caches too large to enumerate: an item is held as if for a fixed time,
 * the same for all, that fills the cache just so. Within a percent or so for thousands of items.
 *
 * H. Che, Y. Tung, Z. Wang, IEEE JSAC 20(7), 2002; for first-in-first-out and random replacement
 * V. Martina, M. Garetto, E. Leonardi, IEEE INFOCOM (2014).
 */
import { exp } from "../../kernel/mathematics.ts";
import { solveRising } from "../specialFunctions.ts";

/** Hit probability of each item of an LRU cache under independent requests. */
export function cheLru(popularities: readonly number[], capacity: number): number[] {
  return approximate(popularities, capacity, (requests) => 1 - exp(-requests));
}

/** The same for first in first out, and for random replacement. */
export function cheFifo(popularities: readonly number[], capacity: number): number[] {
  return approximate(popularities, capacity, (requests) => requests / (1 + requests));
}

/** `held`: probability of being in the cache, by the requests expected during the holding time. */
function approximate(
  popularities: readonly number[],
  capacity: number,
  held: (requests: number) => number,
): number[] {
  const filled = (time: number) =>
    popularities.reduce((sum, popularity) => sum + held(popularity * time), 0);
  let longest = capacity;
  while (filled(longest) < capacity) longest *= 2;
  const time = solveRising(filled, capacity, 0, longest);
  return popularities.map((popularity) => held(popularity * time));
}
