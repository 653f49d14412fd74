/**
 * The average over time of a level that jumps: a queue length, busy slots, instances ready.
 *
 *     level ─┐   ┌──┐        average = area below the line / time
 *            └───┘  └───     max     = highest level held, however briefly
 */
import { assert } from "../kernel/assert.ts";
import type { Duration } from "../kernel/time.ts";

export class TimeAverage {
  private current: number;
  /** Area below the line since the start, up to `since` [level · ns]. */
  private areaBefore = 0;
  private highest: number;
  private start: Duration;
  /** When the level last changed [ns]. */
  private since: Duration;

  constructor(level = 0, now: Duration = 0) {
    this.current = level;
    this.highest = level;
    this.start = now;
    this.since = now;
  }

  get level(): number {
    return this.current;
  }

  /** Highest level since the start. */
  get max(): number {
    return this.highest;
  }

  /** The level is this from now on. */
  set(level: number, now: Duration): void {
    this.areaBefore = this.area(now);
    this.since = now;
    this.current = level;
    if (level > this.highest) this.highest = level;
  }

  /** The level rises by this much, or falls. */
  add(change: number, now: Duration): void {
    this.set(this.current + change, now);
  }

  /** Area below the line from the start until now [level · ns]. */
  area(now: Duration): number {
    assert(now >= this.since, "time runs forward");
    return this.areaBefore + this.current * (now - this.since);
  }

  /** Mean level from the start until now; null while no time has passed. */
  mean(now: Duration): number | null {
    const length = now - this.start;
    return length === 0 ? null : this.area(now) / length;
  }

  /** Starts a new window now: the level stays, area and max begin again. */
  restart(now: Duration): void {
    this.areaBefore = 0;
    this.highest = this.current;
    this.start = now;
    this.since = now;
  }
}
