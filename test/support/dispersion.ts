/** Counts of many independent runs, for formulas of their mean and variance. */
import { expect } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { contains, studentInterval } from "../../src/statistics/intervals.ts";
import { arrivalsOf, instantsOf } from "./arrivals.ts";

export interface Stretch {
  /** Where counting begins and ends [s]. */
  readonly from: number;
  readonly until: number;
}

/** Fails unless the mean count and its variance lie in 99.9 % intervals of what a formula says. */
export function expectCounts(
  written: object,
  { from, until }: Stretch,
  { mean, dispersion }: { mean: number; dispersion: number },
): void {
  const counts = Array.from({ length: 600 }, (_, run) => {
    const instants = instantsOf(arrivalsOf(written, `dispersion/${run}`), until * SECOND);
    return instants.filter((instant) => instant > from * SECOND).length;
  });
  expect(contains(studentInterval(counts, 0.999), mean)).toBe(true);
  const squares = counts.map((count) => (count - mean) ** 2 / mean);
  expect(contains(studentInterval(squares, 0.999), dispersion)).toBe(true);
}
