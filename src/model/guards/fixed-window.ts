/** A number of calls in each window of the clock; two windows' worth may come around its end. */
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import { ADMIT, guard, REJECT, type Guard } from "./guard.ts";

export const fixedWindow = guard({
  kind: "fixed-window",
  summary: "Admits so many calls in each window of the clock.",
  notes: "Twice as many may come within one window's length, around the end of a window.",
  example: "guards: [{ kind: fixed-window, limit: 1000, window: 1 s, per: key }]",
  options: {
    limit: count("Calls admitted in one window.", { min: 1 }),
    window: duration("Length of a window.", { min: MILLISECOND }).prefault("1 s"),
  },
  create: ({ limit, window }) => new FixedWindow(limit, window),
});

export class FixedWindow implements Guard {
  private readonly limit: number;
  /** [ns] -- constant. */
  private readonly length: Duration;
  /** Number of the window it counts in, and calls admitted in it -- state. */
  private window = -1;
  private admitted = 0;

  constructor(limit: number, length: Duration) {
    this.limit = limit;
    this.length = length;
  }

  admit(_call: number, now: Duration): number {
    const window = Math.floor(now / this.length);
    if (window !== this.window) this.admitted = 0;
    this.window = window;
    if (this.admitted === this.limit) return REJECT;
    this.admitted++;
    return ADMIT;
  }
}
