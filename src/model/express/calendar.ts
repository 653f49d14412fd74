/**
 * Calls at a station that leave in a later chunk of time, by the day on which they do.
 *
 *     today        tomorrow                          in DAYS days: today's page again
 *     | . .. .   | ..  .    | .        | …          |
 *
 * A chunk takes a few days, so a call is looked at hardly more than once between its arrival and its
 * end, however long it stays (calendar queue: R. Brown, Communications of the ACM 31, 1988).
 */
import type { Duration } from "../../kernel/time.ts";
import type { Departures } from "./departures.ts";
import { Pool } from "./pool.ts";

const DAYS = 64;
/** Days of a chunk to aim at, when they are made. */
const DAYS_PER_CHUNK = 2;

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

  /** Keeps the length of days in proportion to how long chunks are meant to be [ns]. */
  follow(chunk: Duration): void {
    const days = chunk * this.perNs;
    if (days > 4 * DAYS_PER_CHUNK || days < DAYS_PER_CHUNK / 2) this.makeDays(chunk);
  }

  private pageOf(time: Duration): number {
    return (time * this.perNs) & (DAYS - 1);
  }

  /** Days get another length; calls that leave at the same instant keep their order. */
  private makeDays(chunk: Duration): void {
    let perNs = 1;
    while (chunk * perNs > DAYS_PER_CHUNK) perNs /= 2;
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
