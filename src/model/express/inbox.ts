/** Calls that come to a station in one chunk of time, in the order in which they come. */
import type { Duration } from "../../kernel/time.ts";

export class Inbox {
  /** Calls since `clear` [calls] -- state. */
  count = 0;
  /** When each comes, and when the event that brings it would have been scheduled [ns]. */
  times = new Float64Array(64);
  scheduled = new Float64Array(64);
  requests = new Int32Array(64);

  add(time: Duration, scheduled: Duration, request: number): void {
    const position = this.count;
    if (position === this.times.length) this.grow();
    this.times[position] = time;
    this.scheduled[position] = scheduled;
    this.requests[position] = request;
    this.count = (position + 1) | 0;
  }

  clear(): void {
    this.count = 0;
  }

  private grow(): void {
    const { times, scheduled, requests } = this;
    this.times = new Float64Array(times.length * 2);
    this.times.set(times);
    this.scheduled = new Float64Array(times.length * 2);
    this.scheduled.set(scheduled);
    this.requests = new Int32Array(times.length * 2);
    this.requests.set(requests);
  }
}
