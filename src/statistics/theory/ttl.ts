/** Caches that only forget by age: each item of Poisson requests is on its own. */
import { exp } from "../../kernel/mathematics.ts";

export interface TtlItem {
  readonly requestRatePerSecond: number;
  readonly ttlSeconds: number;
}

/** Hit probability when the age counts from insertion: a miss, then hits until it expires. */
export function ttlFromInsertion({ requestRatePerSecond, ttlSeconds }: TtlItem): number {
  const hits = requestRatePerSecond * ttlSeconds;
  return hits / (1 + hits);
}

/** Hit probability when the age counts from the last request. */
export function ttlFromLastUse({ requestRatePerSecond, ttlSeconds }: TtlItem): number {
  return 1 - exp(-requestRatePerSecond * ttlSeconds);
}

/**
 * Shares of requests that hit, and that wait for a fetch already under way, when misses are
 * coalesced and a fetch takes a fixed time. The age counts from the end of the fetch.
 */
export function ttlCoalesced({
  requestRatePerSecond,
  ttlSeconds,
  fetchSeconds,
}: TtlItem & { fetchSeconds: number }): { hit: number; coalesced: number } {
  const cycle = 1 + requestRatePerSecond * (ttlSeconds + fetchSeconds);
  return {
    hit: (requestRatePerSecond * ttlSeconds) / cycle,
    coalesced: (requestRatePerSecond * fetchSeconds) / cycle,
  };
}
