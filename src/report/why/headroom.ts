/**
 * How much more traffic each part takes, by the utilisation law: what its ready instances have of
 * slots or cores, divided by what a call takes of them, over the calls that came.
 */
import type { Result } from "../../experiment/result.ts";
import { timeLabel } from "../clock.ts";
import { digits, rate } from "../units.ts";

export interface Headroom {
  readonly part: string;
  /** Traffic multiple at which the part reaches its capacity; below 1 it was passed. */
  readonly multiple: number;
  /** Start of the window in which it came closest [s]. */
  readonly at: number;
  /** Calls arriving then, and what could be completed [calls/s]. */
  readonly arrivals: number;
  readonly capacity: number;
  readonly sentence: string;
}

/** What the multiples assume, for readers. */
export const HEADROOM_ASSUMPTION =
  "By the utilisation law, with the instances, hit ratios, retries and service times of the window in which each part came closest; where more load makes calls slower, a part ends sooner.";

/** Of every part with slots that was called, the scarcest first. */
export function headroomOf(result: Result): Headroom[] {
  return Object.entries(result.windows.parts)
    .flatMap(([part, windows]) => closest(result, part, windows))
    .sort((left, right) => left.multiple - right.multiple);
}

function closest(
  { run, windows: { start } }: Result,
  part: string,
  windows: Result["windows"]["parts"][string],
): Headroom[] {
  const found = start.flatMap((at, window) => {
    const arrivals = windows.arrivals[window] ?? 0;
    const capacity = windows.capacity[window] ?? null;
    return at < run.warmUp || arrivals === 0 || capacity === null
      ? []
      : [{ part, at, arrivals, capacity, multiple: capacity / arrivals }];
  });
  if (found.length === 0) return [];
  const least = found.reduce((low, one) => (one.multiple < low.multiple ? one : low));
  return [{ ...least, sentence: inWords(least, run.clock) }];
}

function inWords(
  { part, at, arrivals, capacity, multiple }: Omit<Headroom, "sentence">,
  clock: string | null,
): string {
  const then = timeLabel(clock, at);
  if (capacity === 0)
    return `${part} has no instance ready at ${then}, where ${rate(arrivals)} arrive`;
  const load = `${rate(arrivals)} arrive where ${rate(capacity)} can be completed`;
  return multiple < 1
    ? `${part} is past its capacity, ${digits(1 / multiple, 2)} times of it at ${then}: ${load}`
    : `${part} reaches its capacity at ${digits(multiple, 2)} times this traffic; at ${then} ${load}`;
}
