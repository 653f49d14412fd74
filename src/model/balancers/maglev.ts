/**
 * Maglev: a table of fixed size that the backends fill in turns, each by a preference of its own.
 *
 * A backend's preferences are a permutation, offset + turn × skip modulo a prime, so shares are
 * nearly equal, a choice is one look-up, and a change of membership moves little more than it must.
 */
import { choice, count } from "../../schema/fields.ts";
import { NONE } from "../calls.ts";
import { balancer, type Asked, type Backends, type Balancer } from "./balancer.ts";
import { mix } from "./hashing.ts";

export const maglev = balancer({
  kind: "maglev",
  summary: "Sends a key, or a client, to the backend that owns its place in a table of hashes.",
  source:
    "Eisenbud et al., Maglev, NSDI 2016, section 3.4; Envoy: source/extensions/load_balancing_policies/maglev (weights, table size)",
  notes:
    "Shares are more even than a ring's, and some more keys move than the ring would move. Calls with nothing to hash take turns. More backends than places in the table get no calls.",
  options: {
    by: choice("What is hashed.", ["key", "source"]).default("key"),
    table: count("Places in the table; the next prime is taken.", {
      min: 2,
      max: 5_000_011,
    }).default(65_537),
  },
  create: ({ by, table }) => new Maglev(by, primeFrom(table)),
});

class Maglev implements Balancer {
  private readonly by: "key" | "source";
  /** Position by place. */
  private readonly table: Int32Array;
  private due = 0;

  constructor(by: "key" | "source", places: number) {
    this.by = by;
    this.table = new Int32Array(places);
  }

  choose(backends: Backends, call: Asked): number {
    const value = this.by === "key" ? call.key : call.source;
    if (value === NONE) return this.due++ % backends.size;
    return this.table[mix(value, call.redraws) % this.table.length]!;
  }

  changed(backends: Backends): void {
    if (backends.size === 0) return;
    const seekers = Array.from({ length: backends.size }, (_, position) =>
      seekerOf(backends, position, this.table.length),
    );
    fillTable(this.table, seekers);
  }
}

/** A backend on its way through its preferences. */
export interface Seeker {
  readonly weight: number;
  readonly skip: number;
  /** The place it would like next. */
  place: number;
  /** Turns it has been due for, in units of weight. */
  earned: number;
}

function seekerOf(backends: Backends, position: number, places: number): Seeker {
  const id = backends.id(position);
  return {
    weight: backends.weight(position),
    skip: (mix(id, 2) % (places - 1)) + 1,
    place: mix(id, 1) % places,
    earned: 0,
  };
}

/** In every round a backend earns its weight; the heaviest has a turn in each, others less often. */
export function fillTable(table: Int32Array, seekers: readonly Seeker[]): void {
  const heaviest = seekers.reduce((most, { weight }) => Math.max(most, weight), 0);
  table.fill(NONE);
  let filled = 0;
  for (;;) {
    for (let position = 0; position < seekers.length; position++) {
      const seeker = seekers[position]!;
      seeker.earned += seeker.weight;
      if (seeker.earned < heaviest) continue;
      seeker.earned -= heaviest;
      while (table[seeker.place] !== NONE) advance(seeker, table.length);
      table[seeker.place] = position;
      if (++filled === table.length) return;
    }
  }
}

function advance(seeker: Seeker, places: number): void {
  const place = seeker.place + seeker.skip;
  seeker.place = place < places ? place : place - places;
}

function primeFrom(least: number): number {
  let candidate = least;
  while (!isPrime(candidate)) candidate++;
  return candidate;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}
