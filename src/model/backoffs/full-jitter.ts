/**
 * Exponential backoff with full jitter: any wait from none to a limit that doubles with each retry.
 *
 * Doubling thins out the retries of a long failure; drawing from the whole range keeps callers
 * that failed at the same instant from coming back at the same instant.
 */
import { duration } from "../../schema/fields.ts";
import { backoff, growing } from "./backoff.ts";

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
    return { delay: (retry) => Math.floor(random.next() * (growing(base, cap, retry) + 1)) };
  },
});
