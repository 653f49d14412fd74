/** What happened to the platform, in order: faults, verdicts of health checks, scaling decisions. */
import { LimitReached } from "../kernel/limit.ts";
import type { Fingerprint } from "../kernel/fingerprint.ts";
import type { Duration } from "../kernel/time.ts";

/** Who acted: fate, a health check, a scaler, or the fleet carrying out what was asked of it. */
export type Plane = "fate" | "health" | "scaling" | "fleet";

export interface Entry {
  /** When [ns]. */
  readonly at: Duration;
  readonly plane: Plane;
  readonly part: string | null;
  readonly instance: string | null;
  /** In a word or two: "crash", "marked down". */
  readonly what: string;
  /** Why, with the arithmetic. */
  readonly reason: string;
  /** When a stretch of time ended [ns]; null for an instant, or when it outlasts the run. */
  until: Duration | null;
}

/** The most entries of one run: more than anybody reads, and they are all kept in memory. */
const MOST_ENTRIES = 200_000;

export class Journal {
  readonly entries: Entry[] = [];
  private readonly clock: { readonly now: Duration };
  private readonly fingerprint: Fingerprint;

  constructor(clock: { readonly now: Duration }, fingerprint: Fingerprint) {
    this.clock = clock;
    this.fingerprint = fingerprint;
  }

  /** Notes that something happened now; the entry is returned so that its end can be noted later. */
  note(entry: Pick<Entry, "plane" | "what" | "reason"> & Partial<Entry>): Entry {
    const whole: Entry = {
      part: null,
      instance: null,
      until: null,
      ...entry,
      at: this.clock.now,
    };
    if (this.entries.length === MOST_ENTRIES)
      throw new LimitReached(`${MOST_ENTRIES} faults, health and scaling events`);
    this.entries.push(whole);
    const { plane, part, instance, what, reason, at } = whole;
    this.fingerprint.addText([at, plane, part, instance, what, reason].join("\t"));
    return whole;
  }
}
