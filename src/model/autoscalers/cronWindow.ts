/** Stretches of time between two cron patterns, which come again and again. */
import type { Duration } from "../../kernel/time.ts";
import { cronInstants } from "../calendar.ts";

/** Whether one is open, asked at instants that never go back. */
export class CronWindow {
  private readonly starts: Iterator<Duration>;
  private readonly ends: Iterator<Duration>;
  /** The first of each that is still to come [ns]; Infinity for never. */
  private nextStart: Duration;
  private nextEnd: Duration;

  constructor(start: string, end: string, clock: string) {
    this.starts = cronInstants(start, clock);
    this.ends = cronInstants(end, clock);
    this.nextStart = next(this.starts);
    this.nextEnd = next(this.ends);
  }

  /** It is open when it ends before it begins again. */
  isOpen(now: Duration): boolean {
    while (this.nextStart <= now) this.nextStart = next(this.starts);
    while (this.nextEnd <= now) this.nextEnd = next(this.ends);
    return this.nextEnd < this.nextStart;
  }
}

function next(instants: Iterator<Duration>): Duration {
  const found = instants.next();
  return found.done ? Infinity : found.value;
}
