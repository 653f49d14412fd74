/** Calls at a station that leave on one day of its calendar, in the order in which they arrived. */
import type { Duration } from "../../kernel/time.ts";
import type { Departures } from "./departures.ts";

export class Pool {
  count = 0;
  /** When each arrived, starts and leaves [ns]. */
  arrivals = new Float64Array(16);
  starts = new Float64Array(16);
  times = new Float64Array(16);
  requests = new Int32Array(16);
  /** Twice its instance, and 1 more if it may have to wait. */
  places = new Int32Array(16);

  add(arrival: Duration, start: Duration, time: Duration, request: number, place: number): void {
    const position = this.count;
    if (position === this.times.length) this.grow();
    this.arrivals[position] = arrival;
    this.starts[position] = start;
    this.times[position] = time;
    this.requests[position] = request;
    this.places[position] = place;
    this.count = (position + 1) | 0;
  }

  /** Moves those that leave before an instant to the departures. */
  release(before: Duration, departures: Departures): void {
    const { count, arrivals, starts, times, requests, places } = this;
    if (count === 0) return;
    departures.reserve(count);
    let kept = 0;
    for (let position = 0; position < count; position++) {
      const time = times[position]!;
      if (time < before) {
        departures.add(time, starts[position]!, requests[position]!, places[position]!);
        continue;
      }
      arrivals[kept] = arrivals[position]!;
      starts[kept] = starts[position]!;
      times[kept] = time;
      requests[kept] = requests[position]!;
      places[kept] = places[position]!;
      kept++;
    }
    this.count = kept;
  }

  private grow(): void {
    const size = this.count * 2;
    const { arrivals, starts, times, requests, places } = this;
    (this.arrivals = new Float64Array(size)).set(arrivals);
    (this.starts = new Float64Array(size)).set(starts);
    (this.times = new Float64Array(size)).set(times);
    (this.requests = new Int32Array(size)).set(requests);
    (this.places = new Int32Array(size)).set(places);
  }
}
