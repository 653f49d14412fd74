/**
 * Two thresholds, free of clocks and fleets: grow when a metric has been above one for some periods,
 * shrink when it has been below the other, then hold still.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Bounds } from "./alarmArithmetic.ts";

export interface Thresholds {
  readonly above: number;
  readonly below: number;
  /** Instances added and removed at once [instances]; or a share of what there are [0 to 1]. */
  readonly grow: number;
  readonly shrink: number;
  readonly growBy: number | null;
  readonly shrinkBy: number | null;
  readonly bounds: Bounds;
  readonly periodsAbove: number;
  readonly periodsBelow: number;
  /** How long it holds still after acting [ns]. */
  readonly cooldown: Duration;
  /** Whether fewer instances have more each: then it never shrinks into its own upper threshold. */
  readonly isShared: boolean;
}

export interface Step {
  readonly wanted: number;
  /** Which threshold it was, and for how many periods. */
  readonly side: "above" | "below";
  readonly periods: number;
}

export class ThresholdRule {
  private readonly rule: Thresholds;
  /** Periods in a row above and below [periods] -- state. */
  private above = 0;
  private below = 0;
  /** No action before this instant [ns] -- state. */
  private holdUntil: Duration = 0;

  constructor(rule: Thresholds) {
    this.rule = rule;
  }

  /** Looks at the value of one period; what is to be done now, or null for nothing. */
  look(value: number, size: number, now: Duration): Step | null {
    const { rule } = this;
    this.above = value > rule.above ? this.above + 1 : 0;
    this.below = value < rule.below ? this.below + 1 : 0;
    if (now < this.holdUntil) return null;
    const step = this.step(value, size);
    if (step === null || step.wanted === size) return null;
    this.above = 0;
    this.below = 0;
    this.holdUntil = now + rule.cooldown;
    return step;
  }

  private step(value: number, size: number): Step | null {
    const { rule } = this;
    if (this.above >= rule.periodsAbove) {
      const added = rule.growBy === null ? rule.grow : Math.max(1, Math.ceil(size * rule.growBy));
      const wanted = Math.max(size, Math.min(rule.bounds.max, size + added));
      return { wanted, side: "above", periods: this.above };
    }
    if (this.below < rule.periodsBelow) return null;
    const removed =
      rule.shrinkBy === null ? rule.shrink : Math.max(1, Math.floor(size * rule.shrinkBy));
    const wanted = Math.min(size, Math.max(rule.bounds.min, size - removed));
    if (rule.isShared && (value * size) / wanted >= rule.above) return null;
    return { wanted, side: "below", periods: this.below };
  }
}
