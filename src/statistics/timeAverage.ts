/**
 * The average over time of a level that jumps: a queue length, busy slots, instances ready.
 *
 *     level ─┐   ┌──┐        average = area below the line / time
 *            └───┘  └───     max     = highest level held, however briefly
 */
import assert from "node:assert/strict";
import type { Duration } from "../kernel/time.ts";

export class TimeAverage {
  #level: number;
  /** Area below the line since the start, up to `#since` [level · ns]. */
  #area = 0;
  #max: number;
  #start: Duration;
  /** When the level last changed [ns]. */
  #since: Duration;

  constructor(level = 0, now: Duration = 0) {
    this.#level = level;
    this.#max = level;
    this.#start = now;
    this.#since = now;
  }

  get level(): number {
    return this.#level;
  }

  /** Highest level since the start. */
  get max(): number {
    return this.#max;
  }

  /** The level is this from now on. */
  set(level: number, now: Duration): void {
    this.#area = this.area(now);
    this.#since = now;
    this.#level = level;
    if (level > this.#max) this.#max = level;
  }

  /** The level rises by this much, or falls. */
  add(change: number, now: Duration): void {
    this.set(this.#level + change, now);
  }

  /** Area below the line from the start until now [level · ns]. */
  area(now: Duration): number {
    assert(now >= this.#since, "time runs forward");
    return this.#area + this.#level * (now - this.#since);
  }

  /** Mean level from the start until now; null while no time has passed. */
  mean(now: Duration): number | null {
    const length = now - this.#start;
    return length === 0 ? null : this.area(now) / length;
  }

  /** Starts a new window now: the level stays, area and max begin again. */
  restart(now: Duration): void {
    this.#area = 0;
    this.#max = this.#level;
    this.#start = now;
    this.#since = now;
  }
}
