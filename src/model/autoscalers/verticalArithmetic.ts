/**
 * Which size fits what instances use, free of clocks and fleets: a percentile of what was seen, and a
 * margin of safety.
 *
 * Source: kubernetes/autoscaler, vertical-pod-autoscaler/pkg/recommender/logic (recommender.go,
 * estimator.go): the 90th percentile times 1.15 by default.
 */
import type { Duration } from "../../kernel/time.ts";

export interface SizingRule {
  /** Which percentile of usage counts [0 to 1]. */
  readonly percentile: number;
  /** What is added to it, as a share of it. */
  readonly margin: number;
  /** How long a reading counts [ns]. */
  readonly history: Duration;
}

export class UsageHistory {
  private readonly rule: SizingRule;
  /** Readings of single instances, the oldest first -- state. */
  private readings: { readonly at: Duration; readonly used: number }[] = [];

  constructor(rule: SizingRule) {
    this.rule = rule;
  }

  /** What instances used of their slots or cores. */
  add(used: readonly number[], now: Duration): void {
    this.readings = this.readings.filter(({ at }) => at > now - this.rule.history);
    for (const each of used) this.readings.push({ at: now, used: each });
  }

  /** The least reading that so large a share of them does not exceed; null before there is one. */
  get usage(): number | null {
    if (this.readings.length === 0) return null;
    const sorted = this.readings.map(({ used }) => used).sort((a, b) => a - b);
    // A hair of rounding does not make it the next one.
    const rank = Math.ceil(sorted.length * this.rule.percentile - 1e-9);
    return sorted[Math.max(1, rank) - 1]!;
  }

  /** What an instance should have. */
  wanted(usage: number): number {
    return usage * (1 + this.rule.margin);
  }
}

/** The smallest of some sizes, which rise, that is enough; the largest when none is. */
export function smallestFor(wanted: number, sizes: readonly number[]): number {
  const enough = sizes.findIndex((size) => size >= wanted - 1e-9);
  return enough < 0 ? sizes.length - 1 : enough;
}

/** How many may be taken away now: a share of those desired, one at least, less those missing. */
export function evictable(desired: number, ready: number, tolerance: number): number {
  const tolerated = Math.max(1, Math.floor(desired * tolerance + 1e-9));
  return Math.max(0, tolerated - Math.max(0, desired - ready));
}
