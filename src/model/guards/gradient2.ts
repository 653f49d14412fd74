/**
 * Gradient2: compares each latency with its long-run average and narrows in proportion.
 *
 *     gradient = long / now, from 0.5 to 1        limit ← 0.8 · limit + 0.2 · (gradient · limit + 4)
 */
import type { Duration } from "../../kernel/time.ts";
import { count, share } from "../../schema/fields.ts";
import { DROPPED, OK, REJECTED, TIMED_OUT, type Outcome } from "../outcomes.ts";
import { ConcurrencyLimit, type ConcurrencyLaw } from "./concurrencyLimit.ts";
import { guard } from "./guard.ts";

/** Samples that are averaged plainly before the exponential average begins. */
const FIRST_SAMPLES = 10;

export const gradient2 = guard({
  kind: "gradient2",
  summary: "A concurrency limit that follows the ratio of long-run to present latency.",
  source: "Netflix concurrency-limits, Gradient2Limit.java and ExpAvgMeasurement.java",
  example: "guards: [{ kind: gradient2, per: instance }]",
  options: {
    initial: count("The limit at the start.", { min: 1 }).default(20),
    min: count("The lowest limit.", { min: 1 }).default(20),
    max: count("The highest limit.", { min: 1 }).default(200),
    smoothing: share("Weight of a new limit against the old one.").prefault("20 %"),
    queue: count("Calls that may queue: what the limit grows by while latency is low.").default(4),
    "long-window": count("Samples the long-run average goes back.", { min: 1 }).default(600),
  },
  check: ({ min, max }) =>
    min > max ? [{ path: ["min"], message: `the lowest limit is above the highest, ${max}` }] : [],
  create: (options) => new ConcurrencyLimit(new Gradient2(options)),
});

interface Settings {
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  readonly smoothing: number;
  readonly queue: number;
  readonly "long-window": number;
}

export class Gradient2 implements ConcurrencyLaw {
  /** [calls] -- state. */
  estimate: number;
  private readonly settings: Settings;
  /** Long-run latency [ns], and the samples of its beginning -- state. */
  private long = 0;
  private first = 0;
  private firstSum = 0;

  constructor(settings: Settings) {
    this.settings = settings;
    this.estimate = settings.initial;
  }

  limit(): number {
    return Math.floor(this.estimate);
  }

  learn(outcome: Outcome, startedAt: Duration, inside: number, now: Duration): void {
    const counts =
      outcome === OK || outcome === TIMED_OUT || outcome === DROPPED || outcome === REJECTED;
    if (!counts) return;
    const latency = Math.max(1, now - startedAt);
    const long = this.average(latency);
    // After a long time of overload the average is brought down faster than it would come by itself.
    if (long / latency > 2) this.long *= 0.9;
    if (inside < this.estimate / 2) return;
    const { smoothing, queue, min, max } = this.settings;
    const gradient = Math.max(0.5, Math.min(1, long / latency));
    const wanted = this.estimate * gradient + queue;
    const smoothed = this.estimate * (1 - smoothing) + wanted * smoothing;
    this.estimate = Math.max(min, Math.min(max, smoothed));
  }

  private average(latency: Duration): number {
    if (this.first < FIRST_SAMPLES) {
      this.first++;
      this.firstSum += latency;
      this.long = this.firstSum / this.first;
    } else {
      const weight = 2 / (this.settings["long-window"] + 1);
      this.long = this.long * (1 - weight) + latency * weight;
    }
    return this.long;
  }
}
