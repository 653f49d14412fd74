/**
 * Calls at a station that leave in a later chunk of time, by the day on which they do.
 *
 *     today        tomorrow                          in DAYS days: today's page again
 *     | . .. .   | ..  .    | .        | …          |
 *
 * A day is about as long as a chunk, so a call is looked at once or twice between its arrival and
 * its end, however long it stays (calendar queue: R. Brown, Communications of the ACM 31, 1988).
 */
import type { Duration } from "../../kernel/time.ts";
import type { Departures } from "./departures.ts";
import { Pool } from "./pool.ts";

const DAYS = 64;

export class Calendar {
  /** Calls in it [calls] -- state. */
  count = 0;
  private days = pages();
  /** For the next time that days get another length -- constant. */
  private blank = pages();
  /** One over the length of a day, a power of two [1/ns]. */
  private perNs = 1;
  /** Everything before this instant has been released [ns]. */
  private from: Duration = 0;

  add(arrival: Duration, start: Duration, time: Duration, request: number, place: number): void {
    this.count = (this.count + 1) | 0;
    this.days[this.pageOf(time)]!.add(arrival, start, time, request, place);
  }

  /** Moves those that leave before an instant to the departures. */
  release(before: Duration, departures: Departures): void {
    const released = departures.count;
    const last = Math.floor(before * this.perNs);
    for (let day = Math.floor(this.from * this.perNs); day <= last; day++)
      this.days[day & (DAYS - 1)]!.release(before, departures);
    this.count -= departures.count - released;
    this.from = before;
  }

  /** Calls by page; those of a page in the order in which they arrived. */
  get pages(): readonly Pool[] {
    return this.days;
  }

  /** Keeps days about as long as chunks are meant to be [ns]. */
  follow(chunk: Duration): void {
    if (chunk * this.perNs > 4 || chunk * this.perNs < 0.5) this.makeDays(chunk);
  }

  private pageOf(time: Duration): number {
    return (time * this.perNs) & (DAYS - 1);
  }

  /** Makes days about as long as a chunk; calls that leave at the same instant keep their order. */
  private makeDays(length: Duration): void {
    let perNs = 1;
    while (length * perNs > 1) perNs /= 2;
    this.perNs = perNs;
    const old = this.days;
    this.days = this.blank;
    this.blank = old;
    this.count = 0;
    for (const page of old) {
      const { count, arrivals, starts, times, requests, places } = page;
      for (let k = 0; k < count; k++)
        this.add(arrivals[k]!, starts[k]!, times[k]!, requests[k]!, places[k]!);
      page.count = 0;
    }
  }
}

function pages(): Pool[] {
  return Array.from({ length: DAYS }, () => new Pool());
}
