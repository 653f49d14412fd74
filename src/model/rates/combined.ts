/**
 * Curves worked out from other curves, instant by instant.
 *
 * All curves are straight between their breaks, so a sum is known exactly from its values at the
 * breaks of its members, on both sides of each.
 */
import type { Duration } from "../../kernel/time.ts";
import { curveThrough, type Point } from "./piecewise.ts";
import type { Curve } from "./rate.ts";

/** What a rate is when those of the members are these [1/s]. */
type Combine = (rates: readonly number[]) => number;

/** The curve of what `combine` makes of the rates of several curves, straight between all instants. */
export function combined(
  curves: readonly Curve[],
  combine: Combine,
  instants: readonly Duration[] = [],
): Curve {
  const starts = risingOnce([0, ...instants, ...curves.flatMap(({ breaks }) => breaks)]);
  const points = starts.flatMap((from, index): Point[] => {
    const until = starts[index + 1];
    const first: Point = [from, combine(curves.map((curve) => curve.at(from)))];
    if (until === undefined) return [first];
    return [first, [until, combine(curves.map((curve) => justBefore(curve, from, until)))]];
  });
  return curveThrough(points, "linear");
}

/** Evenly spaced instants over a run, `intervals` from one end to the other. */
export function evenly(duration: Duration, intervals: number): Duration[] {
  return Array.from({ length: intervals + 1 }, (_, index) => (duration * index) / intervals);
}

/** The rate a piece without breaks from one instant to another comes to at its end. */
function justBefore(curve: Curve, from: Duration, until: Duration): number {
  return Math.max(0, 2 * curve.at((from + until) / 2) - curve.at(from));
}

function risingOnce(instants: readonly Duration[]): Duration[] {
  return [...new Set(instants)].sort((one, other) => one - other);
}
