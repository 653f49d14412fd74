/**
 * What browsers and apps keep: every user has a private cache, asked before a request is sent.
 *
 *     user asks -> [ kept, and fresh ] -> answered at the client, nothing is sent
 *                 '-> sent -> answered right: kept, the least recently used answer makes room
 *
 * Memory is one stretch of an array for each user, most recently used first: users × capacity, however
 * long the run. A look-up walks along it, so capacities are those of clients, not of servers.
 */
import { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { count, duration, name, share } from "../../schema/fields.ts";

export const userCacheSchema = z
  .strictObject({
    capacity: count("Answers each user keeps; the least recently used one makes room.", {
      min: 1,
      max: 10_000,
    }),
    ttl: duration(
      "How long an answer is fresh, from when it came (max-age); without it, for ever.",
    ).optional(),
    "ttl-jitter": share("How far the time of one answer may be beside that, either way.").prefault(
      "0 %",
    ),
    lookup: duration("How long an answer that is kept takes.").prefault("0 s"),
    classes: z
      .array(name("A request class."))
      .min(1)
      .describe("The classes whose answers are kept; all that have keys unless given.")
      .optional(),
  })
  .describe(
    "A private cache of each user, as browsers and apps have. Needs users who come back: `users`, or a `population`.",
  );

export type UserCacheSpec = z.output<typeof userCacheSchema>;

/** Answers all users together may keep [answers], at 16 bytes each. */
export const KEPT_MAX = 20_000_000;

export class UserCaches {
  /** How long an answer that is kept takes [ns] -- constant. */
  readonly lookup: Duration;
  private readonly capacity: number;
  private readonly ttl: Duration;
  private readonly jitter: number;
  private readonly random: Random;
  /** The items of each user in turn, most recently used first, and until when each is fresh [ns]. */
  private readonly items: Float64Array;
  private readonly freshUntil: Float64Array;
  /** Items held, by user. */
  private readonly held: Int32Array;

  constructor(spec: UserCacheSpec, users: number, random: Random) {
    this.lookup = spec.lookup;
    this.capacity = spec.capacity;
    this.ttl = spec.ttl ?? Infinity;
    this.jitter = spec["ttl-jitter"];
    this.random = random;
    this.items = new Float64Array(users * spec.capacity);
    this.freshUntil = new Float64Array(users * spec.capacity);
    this.held = new Int32Array(users);
  }

  /** Whether a user has a fresh answer, which then counts as used. */
  find(user: number, item: number, now: Duration): boolean {
    const place = this.placeOf(user, item);
    if (place < 0) return false;
    const until = this.freshUntil[place]!;
    if (until <= now) return false;
    this.putFirst(user, place, item, until);
    return true;
  }

  /** An answer has come to a user. */
  keep(user: number, item: number, now: Duration): void {
    const start = user * this.capacity;
    const known = this.placeOf(user, item);
    const last = Math.min(this.held[user]!, this.capacity - 1);
    if (known < 0 && last === this.held[user]) this.held[user]!++;
    this.putFirst(user, known < 0 ? start + last : known, item, now + this.life());
  }

  private placeOf(user: number, item: number): number {
    const start = user * this.capacity;
    const end = start + this.held[user]!;
    for (let place = start; place < end; place++) if (this.items[place] === item) return place;
    return -1;
  }

  /** Writes an item to the front; those before a place move one on, over it. */
  private putFirst(user: number, place: number, item: number, until: Duration): void {
    const start = user * this.capacity;
    this.items.copyWithin(start + 1, start, place);
    this.freshUntil.copyWithin(start + 1, start, place);
    this.items[start] = item;
    this.freshUntil[start] = until;
  }

  private life(): Duration {
    const { ttl, jitter, random } = this;
    if (jitter === 0 || ttl === Infinity) return ttl;
    return Math.floor(ttl * (1 + jitter * (2 * random.next() - 1)) + 0.5);
  }
}
