/** Faults that last: once by the clock, or again and again by chance. */
import { make } from "../../schema/definition.ts";
import { duration } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import {
  distributions,
  distributionSchema,
  type DistributionSpec,
} from "../../statistics/distributions/index.ts";
import type { Duration } from "../../kernel/time.ts";
import type { Entry } from "../journal.ts";
import type { FaultContext } from "./fault.ts";

/** The fields of a fault that begins and ends. */
export const spellFields = {
  at: duration("When, for one by the clock.").optional(),
  "time-between": distributionSchema
    .describe(
      "In place of `at`, by chance: time to the first one, and from the end of one to the next.",
    )
    .optional(),
  for: distributionSchema.describe("How long it lasts."),
};

export interface Times {
  readonly at?: Duration | undefined;
  readonly "time-between"?: DistributionSpec | undefined;
  readonly for: DistributionSpec;
}

/** A fault strikes by the clock or by chance, not both. */
export function checkTimes(options: Pick<Times, "at" | "time-between">): Issue[] {
  return (options.at === undefined) === (options["time-between"] === undefined)
    ? [{ path: [], message: "a fault has either an instant `at` or a `time-between`" }]
    : [];
}

/** What goes on while it lasts. */
export interface Spell {
  readonly entry: Entry;
  end(): void;
}

/**
 * Begins a fault whenever its time has come and ends it when that is over.
 *
 * @param begin is told how long it will last [ns]
 */
export function strikeAtTimes(
  times: Times,
  context: FaultContext,
  begin: (length: Duration) => Spell,
): void {
  const { agenda, random } = context;
  const lengths = make(distributions, times.for, { random });
  const strike = (then: () => void) => {
    const length = lengths.sample();
    const { entry, end } = begin(length);
    agenda.after(length, () => {
      entry.until = agenda.now;
      end();
      then();
    });
  };
  if (times.at !== undefined) agenda.at(times.at, () => strike(() => {}));
  if (times["time-between"] === undefined) return;
  const between = make(distributions, times["time-between"], { random });
  const wait = () => agenda.after(between.sample(), () => strike(wait));
  wait();
}
