/** How many arrivals a rate brings, for judging sizes before anything runs. */
import type { Duration } from "../../kernel/time.ts";
import type { Curve } from "./rate.ts";

/** The area under a curve over a run, to a thousandth [arrivals]; 0 for less than one. */
export function expectedUnder(curve: Curve, duration: Duration): number {
  if (curve.advance(0, 1) >= duration) return 0;
  let [low, high] = [1, 2];
  while (curve.advance(0, high) < duration) [low, high] = [high, high * 2];
  while (high - low > low / 1000) {
    const middle = (low + high) / 2;
    if (curve.advance(0, middle) < duration) low = middle;
    else high = middle;
  }
  return low;
}
