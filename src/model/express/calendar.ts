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
import { Batch } from "./batch.ts";

const DAYS = 64;
/** Days of a chunk to aim at, when they are made. */
const DAYS_PER_CHUNK = 2;

export class Calendar {
  /** By when they leave; those of a page in the order in which they arrived. */
  pages = blank();
  /** For the next time that days get another length -- constant. */
  private others = blank();
  /** One over the length of a day, a power of two [1/ns]. */
  private perNs = 1;
  /** Everything before this instant has been released [ns]. */
  private from: Duration = 0;

  /** Calls in it. */
  get count(): number {
    return this.pages.reduce((sum, { count }) => sum + count, 0);
  }

  add(time: Duration, request: number): void {
    this.pages[(time * this.perNs) & (DAYS - 1)]!.add(time, request);
  }

  /** Moves those that leave before an instant to the departures. */
  release(before: Duration, departures: Batch): void {
    const first = Math.floor(this.from * this.perNs);
    const last = Math.floor(before * this.perNs);
    for (let day = Math.max(first, last - DAYS + 1); day <= last; day++)
      release(this.pages[day & (DAYS - 1)]!, before, departures);
    this.from = before;
  }

  /** Keeps the length of days in proportion to how long chunks are meant to be [ns]. */
  follow(chunk: Duration): void {
    const days = chunk * this.perNs;
    if (days > 4 * DAYS_PER_CHUNK || days < DAYS_PER_CHUNK / 2) this.makeDays(chunk);
  }

  /** Days get another length; calls that leave at the same instant keep their order. */
  private makeDays(chunk: Duration): void {
    let perNs = 1;
    while (chunk * perNs > DAYS_PER_CHUNK) perNs /= 2;
    this.perNs = perNs;
    const old = this.pages;
    this.pages = this.others;
    this.others = old;
    for (const page of old) {
      const { count, times, requests } = page;
      for (let k = 0; k < count; k++) this.add(times[k]!, requests[k]!);
      page.clear();
    }
  }
}

/** Moves those of a page that leave before an instant to the departures, and keeps the others. */
function release(page: Batch, before: Duration, departures: Batch): void {
  const { count, times, requests } = page;
  if (count === 0) return;
  departures.reserve(count);
  const { times: leftTimes, requests: leftRequests } = departures;
  let left = departures.count;
  let kept = 0;
  for (let position = 0; position < count; position++) {
    const time = times[position]!;
    const request = requests[position]!;
    const leaves = +(time < before);
    leftTimes[left] = times[kept] = time;
    leftRequests[left] = requests[kept] = request;
    left = (left + leaves) | 0;
    kept = (kept + 1 - leaves) | 0;
  }
  departures.count = left;
  page.count = kept;
}

function blank(): Batch[] {
  return Array.from({ length: DAYS }, () => new Batch());
}
