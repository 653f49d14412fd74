/**
 * Target tracking, free of clocks and fleets: two alarms for each metric, and a size in proportion.
 *
 * That the size follows the metric in proportion, rounded so as to be careful, is documented; that it
 * is exactly the ceiling of size × metric / target is our reading of that. Alarm shapes as seen in
 * published alarm definitions.
 * Source: Amazon EC2 Auto Scaling user guide, as-scaling-target-tracking.md.
 */
import { Alarm, type Bounds, type Size } from "./alarmArithmetic.ts";

export interface TargetRule {
  readonly target: number;
  /** Periods above the target before it grows, and below the lower mark before it shrinks. */
  readonly periodsOut: number;
  readonly periodsIn: number;
  /** The lower mark, as a share of the target [0 to 1]. */
  readonly lower: number;
}

export interface TargetVerdict {
  readonly wanted: number;
  /** Position of the rule that decided. */
  readonly rule: number;
  readonly unbounded: number;
}

export class TargetTracking {
  private readonly rules: readonly TargetRule[];
  private readonly bounds: Bounds;
  private readonly shrinks: boolean;
  private readonly high: readonly Alarm[];
  private readonly low: readonly Alarm[];

  constructor(rules: readonly TargetRule[], bounds: Bounds, shrinks: boolean) {
    this.rules = rules;
    this.bounds = bounds;
    this.shrinks = shrinks;
    this.high = rules.map(({ target, periodsOut: periods }) => {
      return new Alarm({ side: "above", threshold: target, periods, outOf: periods });
    });
    this.low = rules.map(({ target, lower, periodsIn: periods }) => {
      return new Alarm({ side: "below", threshold: target * lower, periods, outOf: periods });
    });
  }

  /** Takes the values of one period. It grows if any metric wants it, shrinks if all agree. */
  look(values: readonly (number | null)[], size: Size): TargetVerdict | null {
    const high = this.high.map((alarm, rule) => alarm.look(values[rule]!));
    const low = this.low.map((alarm, rule) => alarm.look(values[rule]!));
    const growing = this.most(high, values, size.warm);
    if (growing !== null && growing.wanted > size.capacity) return growing;
    if (!this.shrinks || size.warm < size.capacity || low.includes(false)) return null;
    const shrinking = this.most(low, values, size.capacity);
    return shrinking !== null && shrinking.wanted < size.capacity ? shrinking : null;
  }

  /** The most instances that a rule whose alarm fires asks for. */
  private most(
    firing: readonly boolean[],
    values: readonly (number | null)[],
    size: number,
  ): TargetVerdict | null {
    let most: TargetVerdict | null = null;
    firing.forEach((fires, rule) => {
      const value = values[rule]!;
      if (!fires || value === null) return;
      const unbounded = proportional(size, value, this.rules[rule]!.target);
      const wanted = Math.min(this.bounds.max, Math.max(this.bounds.min, unbounded));
      if (most === null || wanted > most.wanted) most = { wanted, rule, unbounded };
    });
    return most;
  }
}

/** ⌈size × value / target⌉; rounding to millionths first forgives doubles. */
export function proportional(size: number, value: number, target: number): number {
  return Math.ceil(Math.floor(((size * value) / target) * 1e6 + 0.5) / 1e6);
}
