/** Which instances of a fleet a fault hits. */
import { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import { count, name, share } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import type { Fleet } from "../fleet.ts";
import type { Instance } from "../instance.ts";

/** How many instances a fault hits: a number, or all of them. */
const victimsField = z
  .union([
    count("Instances hit, drawn at random among those that serve.", { min: 1 }),
    z.literal("all"),
  ])
  .describe("Instances hit, drawn at random among those that serve; or `all`.");

/** The fields of a fault that hits some of the instances of a part. */
export const victimFields = {
  instances: victimsField.default(1),
  share: share(
    "The share of the instances that serve which is hit, in place of `instances`; rounded to the nearest.",
  ).optional(),
  zone: name("Hits instances in this zone alone.").optional(),
};

export interface Victims {
  readonly instances: number | "all";
  readonly share?: number | undefined;
  readonly zone?: string | undefined;
}

export function checkVictims({ instances, share: part }: Victims): Issue[] {
  if (part === undefined || instances === 1) return [];
  return [{ path: ["share"], message: "a fault hits either so many `instances` or a `share`" }];
}

/** Where each instance has a clock of its own, nobody draws how many are hit at once. */
export function checkClocks(options: Victims & { readonly "time-between"?: unknown }): Issue[] {
  const { instances, share: part, "time-between": between } = options;
  if (between === undefined || (part === undefined && (instances === 1 || instances === "all")))
    return [];
  const field = part === undefined ? "instances" : "share";
  const message = `with \`time-between\` every instance has a clock of its own; \`${field}\` goes with \`at\`, and instances that fail together by chance are a rack-outage`;
  return [{ path: [field], message }];
}

/** Draws that many of the instances that serve, without replacement. */
export function drawVictims(fleet: Fleet, victims: Victims, random: Random): Instance[] {
  const { zone, share: part, instances } = victims;
  const candidates = fleet.ready().filter((each) => zone === undefined || each.zone === zone);
  if (part === undefined && instances === "all") return candidates;
  const wanted =
    part === undefined ? (instances as number) : Math.floor(part * candidates.length + 0.5);
  const drawn: Instance[] = [];
  while (drawn.length < wanted && candidates.length > 0) {
    drawn.push(...candidates.splice(random.below(candidates.length), 1));
  }
  return drawn;
}

/** The one instance an event is about; null of several. */
export function nameOf(victims: readonly Instance[]): string | null {
  return victims.length === 1 ? victims[0]!.name : null;
}
