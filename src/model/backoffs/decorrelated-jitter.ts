/**
 * Backoff with decorrelated jitter: any wait from the base to three times the wait before it.
 *
 * The limit grows by what was drawn, not by the number of the retry, so that the waits of callers
 * that failed together part even further.
 */
import { duration } from "../../schema/fields.ts";
import { backoff } from "./backoff.ts";

export const decorrelatedJitter = backoff({
  kind: "decorrelated-jitter",
  summary: "Waits a random time from a base to three times the wait before it, until a cap.",
  source: 'AWS Architecture Blog, "Exponential Backoff And Jitter"',
  options: {
    base: duration("Shortest wait, and what stands for the wait before the first retry.").prefault(
      "1 s",
    ),
    cap: duration("Longest wait before any retry.").prefault("20 s"),
  },
  create({ base, cap }, { random }) {
    return {
      remembers: true,
      delay(_retry, previous) {
        const longest = 3 * Math.max(base, previous);
        return Math.floor(Math.min(cap, base + random.next() * (longest - base)));
      },
    };
  },
});
