/**
 * Exponential backoff with full jitter: any wait from none to a limit that doubles with each retry.
 *
 * Doubling thins out the retries of a long failure; drawing from the whole range keeps callers
 * that failed at the same instant from coming back at the same instant.
 */
import type { Duration } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { backoff } from "./backoff.ts";

export const fullJitter = backoff({
  kind: "full-jitter",
  summary: "Waits a random time up to a limit that doubles with each retry, until a cap.",
  source:
    'AWS Architecture Blog, "Exponential Backoff And Jitter"; defaults: AWS SDKs and Tools Reference Guide, "Retry behavior" (standard mode)',
  options: {
    base: duration("Longest wait before the first retry.").prefault("1 s"),
    cap: duration("Longest wait before any retry.").prefault("20 s"),
  },
  create({ base, cap }, { random }) {
    return { delay: (retry) => Math.floor(random.next() * (limit(base, cap, retry) + 1)) };
  },
});

/** base · 2^(retry-1), at most cap [ns]; by doubling, for it is soon there and exact everywhere. */
function limit(base: Duration, cap: Duration, retry: number): Duration {
  let longest = base;
  for (let number = 1; number < retry && longest < cap && longest > 0; number++) longest *= 2;
  return Math.min(longest, cap);
}
