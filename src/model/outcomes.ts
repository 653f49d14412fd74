/** How a call can end. Exactly one of these, exactly once, at its caller. */

/** Every outcome; the position in this list is the number that call records hold. */
export const outcomes = [
  "ok",
  "error",
  "timed-out",
  "rejected",
  "dropped",
  "refused",
  "lost",
  "reneged",
  "cancelled",
] as const;

export type OutcomeName = (typeof outcomes)[number];

/** Answered, and right. */
export const OK = 0;
/** Answered, and wrong. */
export const ERROR = 1;
/** The caller gave up; the callee may still be working on it. */
export const TIMED_OUT = 2;
/** Admission said no. */
export const REJECTED = 3;
/** The queue was full. */
export const DROPPED = 4;
/** Nobody was there. */
export const REFUSED = 5;
/** The instance or the link died under it. */
export const LOST = 6;
/** It left the queue. */
export const RENEGED = 7;
/** Its caller no longer wants it. */
export const CANCELLED = 8;

export type Outcome = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
