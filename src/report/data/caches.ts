/** What each cache answered, and how, over the measured part of all replications. */
import type { Result } from "../../experiment/result.ts";
import { cachesOf } from "../tables/caches.ts";
import { named, type Sheet } from "./csv.ts";

export function caches(result: Result): Sheet {
  return {
    columns: [
      "cache",
      "hit_ratio",
      "hits",
      "misses",
      "coalesced",
      "stale",
      "filtered",
      "evictions",
    ],
    rows: cachesOf(result).map(({ name, cache }) => [
      named(name),
      ...[cache.hitRatio, cache.hits, cache.misses, cache.coalesced],
      ...[cache.stale, cache.filtered, cache.evictions],
    ]),
  };
}
