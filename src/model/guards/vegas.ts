/**
 * Vegas: keeps a small queue by comparing each latency with the smallest one seen.
 *
 *     queue = ⌈limit · (1 - shortest / latency)⌉      few: widen, many: narrow
 *
 * From time to time the shortest is forgotten and measured anew, so that a part that has become
 * slower for good is not held against.
 */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { count, share } from "../../schema/fields.ts";
import { DROPPED, OK, REJECTED, TIMED_OUT, type Outcome } from "../outcomes.ts";
import { ConcurrencyLimit, type ConcurrencyLaw } from "./concurrencyLimit.ts";
import { guard } from "./guard.ts";

export const vegas = guard({
  kind: "vegas",
  summary: "A concurrency limit that grows while latency is near its minimum and shrinks above it.",
  source:
    "Netflix concurrency-limits, VegasLimit.java; after Brakmo and Peterson, IEEE JSAC 13(8), 1995",
  example: "guards: [{ kind: vegas, per: instance }]",
  options: {
    initial: count("The limit at the start.", { min: 1 }).default(20),
    max: count("The highest limit.", { min: 1 }).default(1000),
    smoothing: share("Weight of a new limit against the old one.").prefault("100 %"),
    "probe-after": count(
      "After about so many times the limit calls the shortest latency is measured anew.",
      { min: 1 },
    ).default(30),
  },
  create: (options, { random }) => new ConcurrencyLimit(new Vegas(options, random)),
});

export class Vegas implements ConcurrencyLaw {
  /** [calls] -- state, at least 1. */
  estimate: number;
  private readonly max: number;
  private readonly smoothing: number;
  private readonly probeAfter: number;
  private readonly random: Random;
  /** The shortest latency since the last probe [ns]; 0 before the first -- state. */
  private shortest: Duration = 0;
  private sinceProbe = 0;
  private jitter: number;

  constructor(
    options: { initial: number; max: number; smoothing: number; "probe-after": number },
    random: Random,
  ) {
    this.estimate = options.initial;
    this.max = options.max;
    this.smoothing = options.smoothing;
    this.probeAfter = options["probe-after"];
    this.random = random;
    this.jitter = this.draw();
  }

  limit(): number {
    return Math.floor(this.estimate);
  }

  learn(outcome: Outcome, startedAt: Duration, inside: number, now: Duration): void {
    const dropped = outcome === TIMED_OUT || outcome === DROPPED || outcome === REJECTED;
    if (outcome !== OK && !dropped) return;
    const latency = Math.max(1, now - startedAt);
    this.sinceProbe++;
    if (this.jitter * this.probeAfter * this.estimate <= this.sinceProbe) {
      this.jitter = this.draw();
      this.sinceProbe = 0;
      this.shortest = latency;
    } else if (this.shortest === 0 || latency < this.shortest) this.shortest = latency;
    else this.adapt(latency, inside, dropped);
  }

  private adapt(latency: Duration, inside: number, dropped: boolean): void {
    if (!dropped && inside * 2 < this.estimate) return;
    const step = stepAt(Math.floor(this.estimate));
    const queue = Math.ceil(this.estimate * (1 - this.shortest / latency));
    const change = dropped ? -step : changeFor(queue, step);
    if (change === 0) return;
    const wanted = Math.max(1, Math.min(this.max, this.estimate + change));
    this.estimate = (1 - this.smoothing) * this.estimate + this.smoothing * wanted;
  }

  /** Keeps the limiters of many instances from probing at the same time. */
  private draw(): number {
    return 0.5 + 0.5 * this.random.next();
  }
}

/** α is 3 steps and β is 6. */
function changeFor(queue: number, step: number): number {
  if (queue <= step) return 6 * step;
  if (queue < 3 * step) return step;
  return queue > 6 * step ? -step : 0;
}

/** The decimal logarithm in whole numbers, at least 1, of limits below 1000; their root from there on. */
function stepAt(limit: number): number {
  if (limit >= 1000) return Math.floor(Math.sqrt(limit));
  return limit >= 100 ? 2 : 1;
}
