/** A cache and the store behind it, to be played by hand: a look-up takes no time, a fetch two seconds. */
import type { Rehearsal } from "./rehearsal.ts";

/** @param more of the cache. @param fleet of the cache. @param store what is behind it. */
export function memory(
  more: object = {},
  fleet: object = {},
  store: object = { kind: "service", slots: 10_000, work: "2 s" },
) {
  return {
    memory: { kind: "cache", behind: "store", fleet: { "start-up": "0 s", ...fleet }, ...more },
    store,
  };
}

/** A store of some items, all reads of which take two seconds, and all writes one. */
export const database = (items?: number) => ({
  kind: "database",
  slots: 10_000,
  read: "2 s",
  write: "1 s",
  ...(items === undefined ? {} : { items }),
});

/** What the cache has counted. */
export function counted(play: Rehearsal) {
  const { hits, misses, coalesced, evictions } = play.part("memory").read();
  return { hits, misses, coalesced, evictions };
}

/** How many calls the store has had. */
export function reads(play: Rehearsal): number {
  return play.counts("store")["arrived"]!;
}
