/**
 * Exponential backoff without jitter: every wait is a multiple of the one before it, until a cap.
 *
 * The retries of a long failure thin out, but callers that failed at the same instant come back at
 * the same instant: the waves stay as high as they were.
 */
import { duration, factor } from "../../schema/fields.ts";
import { backoff, growing } from "./backoff.ts";

export const exponential = backoff({
  kind: "exponential",
  summary: "Waits a time that grows with each retry by the same factor, until a cap.",
  source: 'AWS Architecture Blog, "Exponential Backoff And Jitter" (the variant without jitter)',
  notes: "Callers that failed together come back together; a kind with jitter parts them.",
  options: {
    base: duration("Wait before the first retry.").prefault("1 s"),
    cap: duration("Longest wait before any retry.").prefault("20 s"),
    factor: factor("How many times the wait before it a wait is.", { min: 1, max: 100 }).default(2),
  },
  create({ base, cap, factor: times }) {
    return { delay: (retry) => growing(base, cap, retry, times) };
  },
});
