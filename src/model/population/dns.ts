/**
 * Entries by name: a client is told one of several, and keeps to it until the answer is too old.
 *
 *     client -> [its answer is younger than the TTL] -> the same entry, up or down
 *           '-> [asks] -> the next entry in turn that is up
 *
 * So an entry that fails loses its clients within one TTL, and not at once.
 */
import { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { count, duration, name } from "../../schema/fields.ts";
import { NONE } from "../calls.ts";

export const dnsSchema = z
  .strictObject({
    also: z.array(name("A part.")).min(1).describe("Entries beside `to`."),
    ttl: duration("How long a client keeps the entry it was told, even one that is down.").prefault(
      "60 s",
    ),
    caches: count(
      "Caches of answers that share the requests at random; users who are followed, or of a population, have one each instead.",
      { min: 1, max: 1_000_000 },
    ).default(100),
  })
  .describe(
    "Several entries under one name: they are told in turn, those that are down left out, and kept for a time (time to live, RFC 1035).",
  );

export type DnsSpec = z.output<typeof dnsSchema>;

/** What a name stands for. */
interface Entry {
  isUp(): boolean;
}

export class Dns<One extends Entry> {
  private readonly entries: readonly One[];
  private readonly ttl: Duration;
  private readonly caches: number;
  private readonly random: Random;
  /** Entries told so far, by which the next one is found. */
  private turn = 0;
  /** What each cache knows, and until when [ns], by cache. */
  private readonly known: One[] = [];
  private readonly until: Duration[] = [];

  constructor(entries: readonly One[], { ttl, caches }: DnsSpec, random: Random) {
    this.entries = entries;
    this.ttl = ttl;
    this.caches = caches;
    this.random = random;
  }

  /** The entry for a request of a user, or of NONE. */
  entryFor(user: number, now: Duration): One {
    const cache = user === NONE ? this.random.below(this.caches) : user;
    if (now < (this.until[cache] ?? 0)) return this.known[cache]!;
    this.until[cache] = now + this.ttl;
    return (this.known[cache] = this.next());
  }

  /** The next entry that is up; where none is, the next one. */
  private next(): One {
    for (let step = 0; step < this.entries.length; step++) {
      const entry = this.inTurn();
      if (entry.isUp()) return entry;
    }
    return this.inTurn();
  }

  private inTurn(): One {
    return this.entries[this.turn++ % this.entries.length]!;
  }
}
