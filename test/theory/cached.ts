/** A cache of the textbook, as a scenario: independent requests, and a store behind it. */
import { power } from "../../src/kernel/mathematics.ts";
import type { Law, Platform } from "./platforms.ts";

/** What caches are asked. */
export const REQUESTS_PER_SECOND = 1000;

export interface Cached {
  /** Which item a request is about; none unless given. */
  readonly keys?: object;
  readonly cache: object;
  /** Time of a read behind the cache; none unless given. */
  readonly read?: Law;
  /** Reads at once; any number unless given. */
  readonly slots?: number;
}

/** Requests to a cache, and the store behind it. */
export function cached({ keys, cache, read = "0 s", slots = 100_000 }: Cached): Platform {
  const arrivals = { kind: "poisson", rate: `${REQUESTS_PER_SECOND}/s` };
  const get = { share: "100 %", ...(keys === undefined ? {} : { keys }) };
  return {
    workloads: { requests: { to: "cache", arrivals, mix: { get } } },
    parts: {
      cache: { kind: "cache", behind: "store", ...cache },
      store: { kind: "database", slots, read },
    },
  };
}

/** Zipf's law: what share of requests is about each item. */
export function zipf(items: number, exponent: number): number[] {
  const weights = Array.from({ length: items }, (_, rank) => power(rank + 1, -exponent));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The hit ratio of all requests together. */
export function average(popularities: readonly number[], hits: readonly number[]): number {
  return popularities.reduce((sum, popularity, item) => sum + popularity * hits[item]!, 0);
}
