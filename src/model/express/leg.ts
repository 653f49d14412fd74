/**
 * The way of one class of requests from where it is to the next station, or to its answer. It takes
 * no time: balancers choose later, where the call arrives, and caches hit or miss.
 */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import type { Gate } from "./lane.ts";
import type { Station } from "./station.ts";

/** Where requests of a class are answered, with all they have passed on the way there. */
export class Exit {
  readonly requestClass: number;
  /** Parts, in the order in which they were called. */
  readonly parts: readonly number[];
  readonly stations: readonly Station[];
  /** Whether clients call the first station, if through balancers, and so waste its work when they go. */
  readonly wastes: boolean;
  /** Requests answered here, and how many of them too late for their client [requests] -- state. */
  answered = 0;
  late = 0;
  /** Those of the chunk being served: when they were answered [ns], and their records. */
  count = 0;
  times = new Float64Array(64);
  requests = new Int32Array(64);

  constructor(
    requestClass: number,
    parts: readonly number[],
    stations: readonly Station[],
    wastes: boolean,
  ) {
    this.requestClass = requestClass;
    this.parts = parts;
    this.stations = stations;
    this.wastes = wastes;
  }

  add(time: Duration, request: number): void {
    const position = this.count;
    if (position === this.times.length) this.grow();
    this.times[position] = time;
    this.requests[position] = request;
    this.count = (position + 1) | 0;
  }

  private grow(): void {
    const { times, requests } = this;
    (this.times = new Float64Array(times.length * 2)).set(times);
    (this.requests = new Int32Array(times.length * 2)).set(requests);
  }
}

/** A cache at work, for every class that passes it. */
export class Cache {
  hits = 0;
  misses = 0;
  readonly part: number;
  private readonly gate: Gate;
  private readonly random: Random;
  private readonly hitRatio: number;

  constructor(part: number, gate: Gate) {
    this.part = part;
    this.gate = gate;
    this.random = gate.random;
    this.hitRatio = gate.hitRatio;
  }

  hit(): boolean {
    if (this.random.next() < this.hitRatio) {
      this.hits++;
      return true;
    }
    this.misses++;
    return false;
  }

  tally(): void {
    this.gate.tally(this.hits, this.misses);
  }
}

export interface Crossing {
  readonly cache: Cache;
  /** Where hits are answered. */
  readonly exit: Exit;
}

export class Leg {
  /** Requests that took it [requests] -- state. */
  entered = 0;
  /** Parts passed, in order: each balancer and cache, and the station's. */
  readonly parts: readonly number[];
  private readonly crossings: readonly Crossing[];
  /** The station it ends at, or where it is answered. */
  private readonly station: Station | null;
  private readonly exit: Exit | null;

  constructor(parts: readonly number[], crossings: readonly Crossing[], goal: Station | Exit) {
    this.parts = parts;
    this.crossings = crossings;
    this.exit = goal instanceof Exit ? goal : null;
    this.station = goal instanceof Exit ? null : goal;
  }

  /** Whether it is nothing but the answer. */
  get isEnd(): boolean {
    return this.parts.length === 0;
  }

  /** A request takes it at an instant; the event that brings it was scheduled at another [ns]. */
  pass(time: Duration, scheduled: Duration, request: number): void {
    this.entered++;
    for (let index = 0; index < this.crossings.length; index++) {
      const { cache, exit } = this.crossings[index]!;
      if (cache.hit()) return exit.add(time, request);
    }
    if (this.station !== null) this.station.inbox.add(time, scheduled, request);
    else this.exit!.add(time, request);
  }

  /** Tells how many requests came to each part it passes. */
  tally(arrived: (part: number, requests: number) => void): void {
    let left = this.entered;
    let next = 0;
    for (const part of this.parts) {
      arrived(part, left);
      const crossing = this.crossings[next];
      if (crossing?.cache.part !== part) continue;
      left -= crossing.exit.answered;
      next++;
    }
  }
}
