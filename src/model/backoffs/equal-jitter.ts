/**
 * Exponential backoff with equal jitter: half of a limit that doubles with each retry for certain, and
 * any part of the other half.
 *
 * Nobody comes back at once, as with full jitter some do; in return the callers are spread less.
 */
import { duration } from "../../schema/fields.ts";
import { backoff, growing } from "./backoff.ts";

export const equalJitter = backoff({
  kind: "equal-jitter",
  summary:
    "Waits half of a limit that doubles with each retry, and a random part of the other half.",
  source: 'AWS Architecture Blog, "Exponential Backoff And Jitter"',
  options: {
    base: duration("Longest wait before the first retry.").prefault("1 s"),
    cap: duration("Longest wait before any retry.").prefault("20 s"),
  },
  create({ base, cap }, { random }) {
    return {
      delay(retry) {
        const half = growing(base, cap, retry) / 2;
        return Math.floor(half + random.next() * half);
      },
    };
  },
});
