/** How a fleet finds its size: the contract of the family. Reads measurements, never the truth. */
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";
import type { Issue } from "../../schema/issue.ts";
import type { Agenda } from "../agenda.ts";
import type { Fleet } from "../fleet.ts";
import type { Monitor } from "../monitor.ts";

export interface AutoscalerContext {
  readonly agenda: Agenda;
  readonly fleet: Fleet;
  /** Watches the part's utilisation, scraped at an interval [ns]. */
  monitor(interval: Duration): Monitor;
}

/** A member acts through the agenda from its creation on, so it makes nothing. */
export const autoscaler = family<AutoscalerContext, void>("autoscaler");

/** The mistake of bounds that leave no room. */
export function minAboveMax({ min, max }: { min: number; max: number }): Issue[] {
  if (min <= max) return [];
  return [
    { path: ["min"], message: `${min} instances at least and ${max} at most leave no choice` },
  ];
}
