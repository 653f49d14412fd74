/** M/M/1 by hand: scenarios/w1.yaml, draw for draw. */
import { stream } from "../../src/kernel/random.ts";
import { Histogram } from "../../src/statistics/histogram.ts";
import type { Floor } from "./floor.ts";
import { Heap } from "./heap.ts";

const BETWEEN = 1e9 / 90;
const WORK = 10e6;

const ARRIVAL = 0;
const DEPARTURE = 1;

/** Room for those in the system; at utilisation 0.9 a million never meet. */
const ROOM = 1 << 16;

export const w1: Floor = (duration, seed) => {
  const arrivals = stream(seed, "clients", "arrivals");
  const services = stream(seed, "till", "service-time of default 0");
  const latency = new Histogram();
  const heap = new Heap(2);
  const born = new Float64Array(ROOM);
  let first = 0;
  let last = 0;
  let events = 0;
  heap.push(ARRIVAL, Math.floor(arrivals.exponential() * BETWEEN + 0.5));
  for (;;) {
    const now = heap.firstTime();
    if (now > duration) return { requests: last, events, latency };
    events++;
    if (heap.pop() === ARRIVAL) {
      born[last++ & (ROOM - 1)] = now;
      if (last - first === 1)
        heap.push(DEPARTURE, now + Math.floor(services.exponential() * WORK + 0.5));
      heap.push(ARRIVAL, Math.floor(now + arrivals.exponential() * BETWEEN + 0.5));
    } else {
      latency.record(now - born[first++ & (ROOM - 1)]!);
      if (last > first) heap.push(DEPARTURE, now + Math.floor(services.exponential() * WORK + 0.5));
    }
  }
};
