/** What fate does to a platform: the contract of the family. Nobody is told; they must detect. */
import type { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";
import type { Agenda } from "../agenda.ts";
import type { Ailing } from "../ailing.ts";
import type { Fleet } from "../fleet.ts";
import type { Journal } from "../journal.ts";
import type { Links } from "../links.ts";
import type { Part } from "../parts/part.ts";
import type { Zones } from "../zones.ts";

export interface FaultContext {
  readonly agenda: Agenda;
  readonly journal: Journal;
  readonly zones: Zones;
  /** Of this fault alone. */
  readonly random: Random;
  part(name: string): Part;
  /** A part, if there is one of that name. */
  find(name: string): Part | undefined;
  /** The fleet of a part. */
  fleet(part: string): Fleet;
  /** Every fleet of the platform. */
  readonly fleets: readonly Fleet[];
  /** What is wrong with a part, as calls to it meet it. */
  ailing(part: string): Ailing;
  /** What calls travel over; null where they arrive at once. */
  readonly links: Links | null;
}

/** What `of` may name. */
export type Prey = "instances" | "slots" | "caches" | "balancers" | "parts";

export interface Nature {
  /** What `of` may name; parts with instances unless it says so. */
  readonly prey?: Prey;
  /** Whether `time-between` is the time of a clock that every instance has for itself. */
  readonly oneByOne?: boolean;
  /** Whether it happens on what calls travel over, which the scenario must then have. */
  readonly needsLinks?: boolean;
}

const define = family<FaultContext, void>("fault");

/** The definer of the family. A member acts through the agenda from its creation on, so it makes nothing. */
export function fault<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, FaultContext, void> & Nature,
): Definition<Kind, Options, FaultContext, void> & Nature {
  return define(declaration);
}
