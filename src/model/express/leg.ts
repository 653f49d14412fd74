/**
 * The way of one class of requests from where it is to the next station, or to its answer. It takes
 * no time: balancers choose later, where the call arrives, and caches hit or miss.
 */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { Batch } from "./batch.ts";
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
  /** Those of the chunk being served, by when they are answered. */
  readonly inbox = new Batch();

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
    const isHit = this.random.next() < this.hitRatio;
    if (isHit) this.hits++;
    else this.misses++;
    return isHit;
  }

  /** Sends those that hit to where they are answered, and leaves the others. */
  divert(calls: Batch, { inbox }: Exit): void {
    const { count, times, requests } = calls;
    inbox.reserve(count);
    const { times: hitTimes, requests: hitRequests, count: before } = inbox;
    const { random, hitRatio } = this;
    let hits = before;
    let misses = 0;
    // Each is written to both ends, and one of them moves on: a processor cannot foresee which.
    for (let k = 0; k < count; k++) {
      const time = times[k]!;
      const request = requests[k]!;
      const hit = +(random.next() < hitRatio);
      hitTimes[hits] = times[misses] = time;
      hitRequests[hits] = requests[misses] = request;
      hits = (hits + hit) | 0;
      misses = (misses + 1 - hit) | 0;
    }
    inbox.count = hits;
    calls.count = misses;
    this.hits += hits - before;
    this.misses += misses;
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
  /** Of the station it ends at, or of where it is answered. */
  private readonly goal: Batch;

  constructor(parts: readonly number[], crossings: readonly Crossing[], { inbox }: Station | Exit) {
    this.parts = parts;
    this.crossings = crossings;
    this.goal = inbox;
  }

  /** Whether it is nothing but the answer. */
  get isEnd(): boolean {
    return this.parts.length === 0;
  }

  /** A request takes it at an instant. */
  pass(time: Duration, request: number): void {
    this.entered++;
    for (const { cache, exit } of this.crossings)
      if (cache.hit()) return exit.inbox.add(time, request);
    this.goal.add(time, request);
  }

  /** A whole batch takes it; nothing is left of it. */
  passAll(calls: Batch): void {
    this.entered += calls.count;
    for (const { cache, exit } of this.crossings) cache.divert(calls, exit);
    this.goal.takeAll(calls);
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
