/**
 * Simulated time: whole nanoseconds since the start of the run, held in a Number.
 *
 * Whole ticks make ties real ties and sums exact; 2^53 ns are 104 days.
 */

/** A length of simulated time, or an instant counted from the start of the run [ns]. */
export type Duration = number;

export const MICROSECOND: Duration = 1e3;
export const MILLISECOND: Duration = 1e6;
export const SECOND: Duration = 1e9;
export const MINUTE: Duration = 60e9;
export const HOUR: Duration = 3600e9;

/** The longest run, which the clock can still count exactly [ns]: 104 days. */
export const LONGEST_RUN: Duration = 104 * 24 * HOUR;

/** A time in seconds, for reports and formulas [s]. */
export function toSeconds(duration: Duration): number {
  return duration / SECOND;
}

/** The nearest whole tick to a time [ns]. */
export function wholeTicks(time: number): Duration {
  return Math.floor(time + 0.5);
}

/** The nearest whole tick to a time in seconds [ns]. */
export function fromSeconds(seconds: number): Duration {
  return wholeTicks(seconds * SECOND);
}
