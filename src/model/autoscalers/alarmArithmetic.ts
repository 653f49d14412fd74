/**
 * Alarms and what they set off, free of clocks and fleets: simple scaling, which waits, and step
 * scaling, which goes on reacting.
 *
 * Source: Amazon EC2 Auto Scaling user guide, as-scaling-simple-step.md (bounds, rounding) and
 * ec2-auto-scaling-scaling-cooldowns.md; Alibaba Cloud Auto Scaling, "Cooldown period" (rounding to
 * the nearest, rejection during the cool-down).
 */
import type { Duration } from "../../kernel/time.ts";

export interface AlarmSpec {
  readonly side: "above" | "below";
  readonly threshold: number;
  /** Periods that must breach, out of so many last ones. */
  readonly periods: number;
  readonly outOf: number;
}

/** Fires while enough of the last periods breached; a period without data is none of them. */
export class Alarm {
  readonly spec: AlarmSpec;
  private breaches: boolean[] = [];

  constructor(spec: AlarmSpec) {
    this.spec = spec;
  }

  /** Takes the value of one period, null when it is missing; true while it fires. */
  look(value: number | null): boolean {
    const { side, threshold, periods, outOf } = this.spec;
    const breaches = value !== null && (side === "above" ? value > threshold : value < threshold);
    this.breaches = [...this.breaches, breaches].slice(-outOf);
    return this.breaches.filter(Boolean).length >= periods;
  }
}

/** A change of size: by so many, by so many percent, or to an exact number. */
export type Adjustment =
  | { readonly kind: "change"; readonly value: number }
  | { readonly kind: "percent"; readonly value: number; readonly least: number }
  | { readonly kind: "exact"; readonly value: number };

/** How a percentage becomes whole instances. */
export type Rounding = "aws" | "nearest";

/** The size an adjustment asks for, 0 or more. */
export function adjusted(size: number, adjustment: Adjustment, rounding: Rounding): number {
  if (adjustment.kind === "exact") return adjustment.value;
  if (adjustment.kind === "change") return Math.max(0, size + adjustment.value);
  const exact = (size * adjustment.value) / 100;
  const whole = rounding === "aws" ? towardsZero(exact) : Math.floor(Math.abs(exact) + 0.5);
  const amount = Math.max(Math.abs(whole), adjustment.least);
  return Math.max(0, size + (exact < 0 ? -amount : amount));
}

/** Anything less than one whole instance is one; beyond that, parts of one are cut off. */
function towardsZero(exact: number): number {
  if (exact === 0) return 0;
  if (Math.abs(exact) < 1) return Math.sign(exact);
  return Math.trunc(exact);
}

/** "+2", "-25 %", "to 12". */
export function adjustmentText(adjustment: Adjustment): string {
  const { kind, value } = adjustment;
  if (kind === "exact") return `to ${value}`;
  return `${value < 0 ? "" : "+"}${value}${kind === "percent" ? " %" : ""}`;
}

export interface Rule {
  readonly alarm: AlarmSpec;
  readonly adjustment: Adjustment;
  /** How long nothing is done once what this rule set off is done [ns]. */
  readonly cooldown: Duration;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export interface Verdict {
  readonly wanted: number;
  /** Position of the rule that decided. */
  readonly rule: number;
  readonly adjustment: Adjustment;
  /** Before the bounds. */
  readonly unbounded: number;
}

/** One adjustment at a time: then it waits until that is done, and for the cool-down after. */
export class SimpleScaling {
  private readonly rules: readonly Rule[];
  private readonly bounds: Bounds;
  private readonly rounding: Rounding;
  private readonly alarms: readonly Alarm[];
  /** The rule that acted last, while its activity or its cool-down lasts -- state. */
  private acting: Rule | null = null;
  /** When its activity was seen to be done [ns]; null while it is not. */
  private doneAt: Duration | null = null;

  constructor(rules: readonly Rule[], bounds: Bounds, rounding: Rounding) {
    this.rules = rules;
    this.bounds = bounds;
    this.rounding = rounding;
    this.alarms = rules.map(({ alarm }) => new Alarm(alarm));
  }

  /** An activity is over: the cool-down begins. */
  activityDone(now: Duration): void {
    if (this.acting !== null && this.doneAt === null) this.doneAt = now;
  }

  /** Takes the values of one period, one for each rule; what is to be done, "waiting", or nothing. */
  look(
    values: readonly (number | null)[],
    size: number,
    now: Duration,
  ): Verdict | "waiting" | null {
    const firing = this.alarms.map((alarm, rule) => alarm.look(values[rule]!));
    const rule = firing.indexOf(true);
    if (rule < 0) return null;
    if (this.isWaiting(now)) return "waiting";
    const { adjustment } = this.rules[rule]!;
    const unbounded = adjusted(size, adjustment, this.rounding);
    const wanted = Math.min(this.bounds.max, Math.max(this.bounds.min, unbounded));
    if (wanted === size) return null;
    this.acting = this.rules[rule]!;
    this.doneAt = null;
    return { wanted, rule, adjustment, unbounded };
  }

  private isWaiting(now: Duration): boolean {
    if (this.acting === null) return false;
    if (this.doneAt === null || now < this.doneAt + this.acting.cooldown) return true;
    this.acting = null;
    return false;
  }
}

export interface StepRule {
  readonly alarm: AlarmSpec;
  /** Adjustments by how far beyond the threshold the metric is, rising; each from its distance on. */
  readonly steps: readonly { readonly from: number; readonly adjustment: Adjustment }[];
}

export interface Size {
  /** Instances there are or are coming. */
  readonly capacity: number;
  /** Those of them that have warmed up. */
  readonly warm: number;
}

/** Goes on reacting while instances start: those on their way count, so that none is added twice. */
export class StepScaling {
  private readonly rules: readonly StepRule[];
  private readonly bounds: Bounds;
  private readonly alarms: readonly Alarm[];

  constructor(rules: readonly StepRule[], bounds: Bounds) {
    this.rules = rules;
    this.bounds = bounds;
    this.alarms = rules.map(({ alarm }) => new Alarm(alarm));
  }

  /** Takes the values of one period; the most any rule that grows asks for, else what one that shrinks does. */
  look(values: readonly (number | null)[], size: Size): Verdict | null {
    const verdicts = this.rules.flatMap((_, rule) => this.verdict(rule, values[rule]!, size) ?? []);
    const most = (some: readonly Verdict[]) =>
      some.reduce<Verdict | null>(
        (best, one) => (best && best.wanted >= one.wanted ? best : one),
        null,
      );
    const growing = verdicts.filter(({ wanted }) => wanted > size.capacity);
    if (growing.length > 0) return most(growing);
    if (size.warm < size.capacity) return null;
    return most(verdicts.filter(({ wanted }) => wanted < size.capacity));
  }

  private verdict(rule: number, value: number | null, { warm }: Size): Verdict | null {
    const { steps, alarm } = this.rules[rule]!;
    if (!this.alarms[rule]!.look(value) || value === null) return null;
    const distance = alarm.side === "above" ? value - alarm.threshold : alarm.threshold - value;
    const step = steps.findLast(({ from }) => distance >= from);
    if (step === undefined) return null;
    const { adjustment } = step;
    const unbounded = adjusted(warm, adjustment, "aws");
    const wanted = Math.min(this.bounds.max, Math.max(this.bounds.min, unbounded));
    return { wanted, rule, adjustment, unbounded };
  }
}
