/**
 * Users who come back to an open workload: whoever arrives is drawn from a population.
 *
 * Without one, arrivals have no names; with a journey, numbers of users who have left are given out
 * again. Neither is anybody a cache could know.
 */
import { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import { count, factor } from "../../schema/fields.ts";
import type { Keys } from "../keys/keys.ts";
import { zipf } from "../keys/zipf.ts";

export const populationSchema = z
  .strictObject({
    users: count("How many users there are.", { min: 1, max: 10_000_000 }),
    exponent: factor(
      "How unequally often they come: the k-th in proportion to 1/k^exponent; 0 is all alike.",
      { min: 0, max: 10 },
    ).prefault(0),
  })
  .describe(
    "Who arrives: each request, or each journey, is that of a user drawn from so many. Balancers that go by the source see the user of a request; the sessions of a journey stay sources of their own.",
  );

export type RegularsSpec = z.output<typeof populationSchema>;

export class Regulars {
  private readonly law: Keys | null;
  private readonly random: Random;
  private readonly users: number;
  /** Who the users are that are followed, by the number they have while they are. */
  private readonly followed: number[] = [];

  constructor({ users, exponent }: RegularsSpec, random: Random) {
    this.users = users;
    this.random = random;
    this.law = exponent === 0 ? null : zipf.create({ items: users, exponent }, { random });
  }

  /** Somebody arrives. */
  draw(): number {
    return this.law === null ? this.random.below(this.users) : this.law.draw();
  }

  /** Somebody arrives who is followed by a number. */
  comes(number: number): void {
    this.followed[number] = this.draw();
  }

  whoIs(number: number): number {
    return this.followed[number]!;
  }
}
