/** M/M/50 by hand: scenarios/w2.yaml, draw for draw. */
import { stream } from "../../src/kernel/random.ts";
import { Histogram } from "../../src/statistics/histogram.ts";
import type { Floor } from "./floor.ts";
import { Heap } from "./heap.ts";

const SERVERS = 50;
const BETWEEN = 1e9 / 4500;
const WORK = 10e6;

/** Event 0 is an arrival, event s the departure from server s = 1 … 50. */
const ARRIVAL = 0;

/** Room for those who wait; at utilisation 0.9 a million never meet. */
const ROOM = 1 << 16;

export const w2: Floor = (duration, seed) => {
  const arrivals = stream(seed, "clients", "arrivals");
  const services = stream(seed, "tills", "service-time of default 0");
  const latency = new Histogram();
  const heap = new Heap(SERVERS + 1);
  /** Birth of whoever is at a server, and of those in the queue. */
  const served = new Float64Array(SERVERS + 1);
  const queue = new Float64Array(ROOM);
  const idle = Int32Array.from({ length: SERVERS }, (_, server) => server + 1);
  let idleCount = SERVERS;
  let first = 0;
  let last = 0;
  let requests = 0;
  let events = 0;
  heap.push(ARRIVAL, Math.floor(arrivals.exponential() * BETWEEN + 0.5));
  for (;;) {
    const now = heap.firstTime();
    if (now > duration) return { requests, events, latency };
    events++;
    const server = heap.pop();
    if (server === ARRIVAL) {
      requests++;
      if (idleCount > 0) {
        const free = idle[--idleCount]!;
        served[free] = now;
        heap.push(free, now + Math.floor(services.exponential() * WORK + 0.5));
      } else queue[last++ & (ROOM - 1)] = now;
      heap.push(ARRIVAL, Math.floor(now + arrivals.exponential() * BETWEEN + 0.5));
    } else {
      latency.record(now - served[server]!);
      if (last > first) {
        served[server] = queue[first++ & (ROOM - 1)]!;
        heap.push(server, now + Math.floor(services.exponential() * WORK + 0.5));
      } else idle[idleCount++] = server;
    }
  }
};
