/** What fate does to a platform: the contract of the family. Nobody is told; they must detect. */
import { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import { family } from "../../schema/definition.ts";
import { count } from "../../schema/fields.ts";
import type { Agenda } from "../agenda.ts";
import type { Fleet } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import type { Journal } from "../journal.ts";
import type { Zones } from "../zones.ts";

export interface FaultContext {
  readonly agenda: Agenda;
  readonly journal: Journal;
  readonly zones: Zones;
  /** Of this fault alone. */
  readonly random: Random;
  /** The fleet of a part. */
  fleet(part: string): Fleet;
  /** Every fleet of the platform. */
  readonly fleets: readonly Fleet[];
}

/** A member acts through the agenda from its creation on, so it makes nothing. */
export const fault = family<FaultContext, void>("fault");

/** How many instances a fault hits: a number, or all of them. */
export const victimsField = z
  .union([
    count("Instances hit, drawn at random among those that serve.", { min: 1 }),
    z.literal("all"),
  ])
  .describe("Instances hit, drawn at random among those that serve; or `all`.");

/** Draws that many of the instances that serve, without replacement. */
export function drawVictims(fleet: Fleet, victims: number | "all", random: Random): Instance[] {
  const candidates = fleet.ready();
  if (victims === "all") return candidates;
  const drawn: Instance[] = [];
  while (drawn.length < victims && candidates.length > 0) {
    drawn.push(...candidates.splice(random.below(candidates.length), 1));
  }
  return drawn;
}
