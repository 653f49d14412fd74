/**
 * When people are told: the contract of the family.
 *
 * A rule reads what monitoring has scraped, after the run, as it acts on nothing. Its expression has a
 * value at every evaluation; true at an evaluation it is pending, true at every one for `for` it fires.
 */
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";
import { choice, duration } from "../../schema/fields.ts";
import type { Histogram } from "../../statistics/histogram.ts";

/** What monitoring knows at an instant: counters as they were at scrapes, with what was before the run. */
export interface Telemetry {
  /**
   * Growth of counters between the first and the last scrape that lie in a window; null with fewer
   * than two. The window is open at its left end.
   */
  requests(window: Window, of?: string): { readonly ended: number; readonly failed: number } | null;
  /** Requests born a second in the window [1/s]. */
  traffic(window: Window, of?: string): number | null;
  /** Latencies of requests that succeeded between these scrapes [ns]; what was before the run had none. */
  latencies(window: Window, of?: string): Histogram;
  /** What a part did between these scrapes; null before the measured part of the run. */
  part(window: Window, name: string): PartGrowth | null;
}

/** The time up to an evaluation that an expression looks back at [ns]. */
export interface Window {
  readonly now: Duration;
  readonly over: Duration;
}

export interface PartGrowth {
  /** Length between the scrapes [ns]. */
  readonly length: number;
  /** Busy and offered time of slots or cores [ns]. */
  readonly busyTime: number;
  readonly servingTime: number;
  /** Queue length integrated over time [call ns]. */
  readonly queueTime: number;
  /** Time of ready instances [instance ns]. */
  readonly readyTime: number;
  /** Calls that ended, and that failed [calls]. */
  readonly ended: number;
  readonly failed: number;
}

export type Severity = "page" | "ticket";

/** One expression of a rule; a rule with several may fire for one and not for another. */
export interface Condition {
  /** In words: "more than 5 % of all requests fail over 5 min". */
  readonly says: string;
  readonly severity: Severity;
  /** How far it looks back, each a window it asks for, the longest first [ns]. */
  readonly windows: readonly Duration[];
  /** How long it must hold before it fires [ns]. */
  readonly for: Duration;
  /** The expression's value at an evaluation; null without data. */
  value(telemetry: Telemetry, now: Duration): number | null;
  holds(value: number): boolean;
}

/** What a rule names that must exist. */
export interface AlertNeeds {
  readonly class?: string | undefined;
  readonly part?: string | undefined;
}

export interface Alert {
  readonly conditions: readonly Condition[];
  readonly needs: AlertNeeds;
}

export const alert = family<void, Alert>("alert");

/** What rules with one expression have in common. */
export const usualFields = {
  over: duration("How far the expression looks back.").prefault("5 min"),
  for: duration("How long it must hold at every evaluation before it fires.").prefault("0 s"),
  severity: choice("Whether somebody is woken, or finds it in the morning.", [
    "page",
    "ticket",
  ]).default("page"),
};
