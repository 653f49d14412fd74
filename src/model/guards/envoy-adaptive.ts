/**
 * Envoy's adaptive concurrency: a limit from the ratio of the least latency to the present one.
 *
 *     measure the least: limit 3, 50 samples ---> every window: limit ← g · limit + √(g · limit)
 *            ^------------- every interval, or after 5 windows at the minimum -------'
 *
 * with g = 1.25 · least / present, from 0.5 to 2. Latencies are counted in whole microseconds.
 */
import type { Random } from "../../kernel/random.ts";
import { MICROSECOND, MILLISECOND, type Duration } from "../../kernel/time.ts";
import { count, duration, share } from "../../schema/fields.ts";
import { DROPPED, ERROR, OK, REJECTED, type Outcome } from "../outcomes.ts";
import { ConcurrencyLimit, type ConcurrencyLaw } from "./concurrencyLimit.ts";
import { guard } from "./guard.ts";

/** Windows in a row at the least limit after which the least latency is doubted. */
const DOUBT_AFTER = 5;

export const envoyAdaptive = guard({
  kind: "envoy-adaptive",
  summary: "Envoy's gradient controller: probes the least latency and sets the limit by it.",
  source:
    "Envoy, source/extensions/filters/http/adaptive_concurrency/controller/gradient_controller.cc",
  notes:
    "Envoy has no default for `interval` and `window`; those here are a plain starting point. Percentiles are of the samples themselves, where Envoy reads them from a histogram.",
  example: "guards: [{ kind: envoy-adaptive, interval: 60 s, window: 100 ms }]",
  options: {
    interval: duration("Between two measurements of the least latency.", {
      min: MILLISECOND,
    }).prefault("60 s"),
    jitter: share("Random part of the interval added to it.").prefault("15 %"),
    requests: count("Calls one measurement takes.", { min: 1 }).default(50),
    min: count("The limit during a measurement, and the lowest ever.", { min: 1 }).default(3),
    max: count("The highest limit.", { min: 1 }).default(1000),
    window: duration("How often the limit is set.", { min: MILLISECOND }).prefault("100 ms"),
    buffer: share("Variation of latency that is not held against the part.", { max: 10 }).prefault(
      "25 %",
    ),
    percentile: share("Which percentile of the latencies is compared.").prefault("50 %"),
  },
  create: (options, { random }) => new ConcurrencyLimit(new EnvoyAdaptive(options, random)),
});

interface Settings {
  readonly interval: Duration;
  readonly jitter: number;
  readonly requests: number;
  readonly min: number;
  readonly max: number;
  readonly window: Duration;
  readonly buffer: number;
  readonly percentile: number;
}

export class EnvoyAdaptive implements ConcurrencyLaw {
  private readonly settings: Settings;
  private readonly random: Random;
  /** [calls] -- state. */
  private current: number;
  /** The limit to go back to after a measurement; null when there is none -- state. */
  private deferred: number | null;
  /** The least latency [µs]; 0 before the first measurement -- state. */
  private least = 0;
  /** Calls that came in before this instant tell nothing [ns] -- state. */
  private measuringSince: Duration = 0;
  /** When the next measurement begins and the next window ends [ns] -- state. */
  private measureAt = Infinity;
  private windowEndsAt = Infinity;
  /** Windows in a row that left the limit at its minimum -- state. */
  private atMinimum = 0;
  /** Latencies since the window, or the measurement, began [µs] -- state. */
  private samples: number[] = [];

  constructor(settings: Settings, random: Random) {
    this.settings = settings;
    this.random = random;
    this.current = settings.min;
    this.deferred = settings.min;
  }

  limit(now: Duration): number {
    this.advance(now);
    return this.current;
  }

  learn(outcome: Outcome, startedAt: Duration, _inside: number, now: Duration): void {
    this.advance(now);
    const isAnswer =
      outcome === OK || outcome === ERROR || outcome === DROPPED || outcome === REJECTED;
    if (!isAnswer || startedAt < this.measuringSince) return;
    this.samples.push(Math.floor((now - startedAt) / MICROSECOND));
    if (this.deferred !== null && this.samples.length >= this.settings.requests) this.measured(now);
  }

  /** Does what its timers have become due for. */
  private advance(now: Duration): void {
    while (Math.min(this.measureAt, this.windowEndsAt) <= now) {
      if (this.measureAt <= this.windowEndsAt) this.measure(this.measureAt);
      else this.closeWindow();
    }
  }

  private measure(at: Duration): void {
    this.measureAt = Infinity;
    this.windowEndsAt = Infinity;
    this.deferred = this.current;
    this.current = this.settings.min;
    this.atMinimum = 0;
    this.samples = [];
    this.measuringSince = at;
  }

  private measured(now: Duration): void {
    const { interval, jitter, window } = this.settings;
    this.least = this.summarise();
    this.current = this.deferred!;
    this.deferred = null;
    const spread = Math.ceil((interval / MILLISECOND) * jitter);
    const extra = spread === 0 ? 0 : this.random.below(spread) * MILLISECOND;
    this.measureAt = now + interval + extra;
    this.windowEndsAt = now + window;
  }

  private closeWindow(): void {
    const at = this.windowEndsAt;
    this.windowEndsAt = at + this.settings.window;
    if (this.samples.length === 0) return;
    const { min } = this.settings;
    const before = this.current;
    this.current = this.limitFor(this.summarise());
    this.atMinimum = before === min && this.current === min ? this.atMinimum + 1 : 0;
    if (this.atMinimum >= DOUBT_AFTER) this.measureAt = at;
  }

  private limitFor(present: number): number {
    const { min, max, buffer } = this.settings;
    const gradient = Math.max(0.5, Math.min(2, (this.least * (1 + buffer)) / Math.max(1, present)));
    const limit = this.current * gradient;
    return Math.max(min, Math.min(max, Math.floor(limit + Math.sqrt(limit))));
  }

  /** The percentile of the samples [µs]; they are done with. */
  private summarise(): number {
    const sorted = Float64Array.from(this.samples).sort();
    this.samples = [];
    const rank = Math.ceil(this.settings.percentile * sorted.length);
    return sorted[Math.max(0, rank - 1)]!;
  }
}
