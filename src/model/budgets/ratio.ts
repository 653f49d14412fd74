/**
 * Retries as a share of first attempts: every first attempt pays in a part of a retry.
 *
 * However bad things are, the load is at most (1 + share) times what was asked for.
 */
import { count, share } from "../../schema/fields.ts";
import { budget, REFUSED_RETRY } from "./budget.ts";

/** Retries in hand at the start, and at most, unless others are given. */
export const RESERVE: number = 10;
export const CAP: number = 100;

export const ratio = budget({
  kind: "ratio",
  summary: "Allows retries up to a share of first attempts.",
  notes: "A share alone, `budget: 10 %`, means this one.",
  options: {
    share: share("Retries that each first attempt pays for."),
    reserve: count("Retries in hand at the start.", { max: 1_000_000 }).default(RESERVE),
    cap: count("Retries in hand at most.", { min: 1, max: 1_000_000 }).default(CAP),
  },
  create({ share: perAttempt, reserve, cap }) {
    let retries = reserve;
    return {
      sent() {
        retries = Math.min(cap, retries + perAttempt);
      },
      failed() {},
      withdraw() {
        if (retries < 1) return REFUSED_RETRY;
        retries -= 1;
        return 1;
      },
      succeeded() {},
    };
  },
});
