/** How a new version comes to the instances of a part: the contract of the family, and what all say. */
import { z } from "zod";
import { family, type Declaration, type Definition } from "../../schema/definition.ts";
import { choice, count, duration, factor, name, share, text } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import { distributionSchema } from "../../statistics/distributions/index.ts";
import type { Random } from "../../kernel/random.ts";
import type { Agenda } from "../agenda.ts";
import type { Fleet } from "../fleet.ts";
import type { Journal } from "../journal.ts";
import type { Versions } from "./versions.ts";

export interface RolloutContext {
  readonly agenda: Agenda;
  readonly journal: Journal;
  readonly fleet: Fleet;
  readonly versions: Versions;
  /** The number of the new version among those of the part. */
  readonly version: number;
  /** For sharing calls out between versions. */
  readonly split: Random;
}

/** What the rest of the program must know of a member before a run. */
export interface Means<Options> {
  /** The most instances it adds to a fleet of so many [instances]. */
  extra(options: Options, desired: number): number;
  /** Whether it keeps instances from being sent calls, which only balancers can; no, unless it says so. */
  readonly switchesOver?: boolean;
}

const define = family<RolloutContext, void>("rollout");

/** The definer of the family. A member acts through the agenda from its creation on, so it makes nothing. */
export function rollout<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, RolloutContext, void> &
    Means<z.output<z.ZodObject<Options>>>,
): Definition<Kind, Options, RolloutContext, void> & Means<z.output<z.ZodObject<Options>>> {
  return define(declaration) as ReturnType<typeof rollout<Kind, Options>>;
}

const versionSchema = z
  .strictObject({
    name: text("What the journal calls it; version 2 and so on unless given.").optional(),
    slower: factor("How many times as long its work takes.", { min: 0.001, max: 1000 }).default(1),
    "error-rate": share("Share of the calls it has served that it answers with an error.").prefault(
      "0 %",
    ),
    "crash-after": distributionSchema
      .describe(
        "From when an instance of it is ready until it crashes; it is started again after 10 s, then twice as long each time, at most 5 min.",
      )
      .optional(),
  })
  .describe("What the new version is like; the same as the old one unless something is said.");

/** Percentiles that a new version may be judged by. */
const percentiles = ["p50", "p90", "p95", "p99"] as const;
export type Percentile = (typeof percentiles)[number];

const rollBackSchema = z
  .strictObject({
    "error-rate-above": share("Share of failed calls that is too much.").optional(),
    "latency-above": duration("Response time that is too long.", { min: 1 }).optional(),
    percentile: choice("Which percentile of response times that is; the mean unless given.", [
      ...percentiles,
    ]).optional(),
    window: duration("Over how long it is measured, one window after another.", {
      min: 1,
    }).prefault("1 min"),
    windows: count("Bad windows in a row that it takes.", { min: 1 }).default(1),
    calls: count("Calls in a window below which it says nothing.", { min: 1 }).default(10),
  })
  .describe("When the rollout is given up: what calls to the new version's instances measure.");

export type RollBackSpec = z.output<typeof rollBackSchema>;

/** The fields of every rollout. */
export const rolloutFields = {
  of: name("The part that gets a new version."),
  at: duration("When it begins; if another one of the part is under way, when that is over."),
  version: versionSchema.prefault({}),
  "roll-back-if": rollBackSchema.optional(),
  deadline: duration(
    "How long without progress before the rollout counts as failed: progressDeadlineSeconds.",
    { min: 1 },
  ).prefault("600 s"),
  "on-deadline": choice(
    "What happens then: Kubernetes only reports it, what deploys may roll back.",
    ["report", "roll-back"],
  ).default("report"),
};

export const minReadyField = duration(
  "How long an instance must have been ready to count as available: minReadySeconds.",
).prefault("0 s");

/** The pace of a rollout that replaces instances a few at a time. */
export const paceFields = {
  surge: share("Instances above the desired number, as a share of it, rounded up: maxSurge.", {
    max: 10,
  }).prefault("25 %"),
  "surge-instances": count("The same as a number, in its place.").optional(),
  unavailable: share(
    "Instances below the desired number, as a share of it, rounded down: maxUnavailable.",
  ).prefault("25 %"),
  "unavailable-instances": count("The same as a number, in its place.").optional(),
  "min-ready": minReadyField,
};

/** A rule that names nothing to measure, or of what without how much. */
export function checkRollBack({
  "roll-back-if": rule,
}: {
  readonly "roll-back-if"?: RollBackSpec | undefined;
}): Issue[] {
  if (rule === undefined || rule["latency-above"] !== undefined) return [];
  if (rule.percentile !== undefined) {
    const alone = "a percentile of response times has no bound; expected `latency-above` as well";
    return [{ path: ["roll-back-if", "percentile"], message: alone }];
  }
  if (rule["error-rate-above"] !== undefined) return [];
  const message = "nothing is measured; expected `error-rate-above` or `latency-above`";
  return [{ path: ["roll-back-if"], message }];
}
