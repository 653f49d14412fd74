import type { Duration } from "../../src/kernel/time.ts";
import type { Arrivals } from "../../src/model/arrivals/arrivals.ts";

/** Every arrival up to an instant, asked for as a source does: each from the one before. */
export function instantsOf(arrivals: Arrivals, until: Duration): Duration[] {
  const instants: Duration[] = [];
  for (let now = arrivals.next(0); now <= until; now = arrivals.next(now)) instants.push(now);
  return instants;
}
