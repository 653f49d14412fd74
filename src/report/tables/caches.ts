/** What each cache answered, and how. */
import type { PartResult, Result } from "../../experiment/result.ts";
import { count, percent } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

type Cache = PartResult & { readonly cache: NonNullable<PartResult["cache"]> };

/** A row for each cache; none where there is no cache. */
export function cachesTable(result: Result): Table {
  return {
    columns: [
      words("cache"),
      ...["hit ratio", "hits", "misses", "coalesced", "stale", "filtered", "evictions"].map(
        numbers,
      ),
    ],
    rows: cachesOf(result).map(({ name, cache }) => [
      name,
      percent(cache.hitRatio),
      ...[cache.hits, cache.misses, cache.coalesced].map(count),
      ...[cache.stale, cache.filtered, cache.evictions].map(count),
    ]),
  };
}

/** The parts that keep items. */
export function cachesOf({ parts }: Result): Cache[] {
  return parts.filter((part): part is Cache => part.cache !== null);
}
