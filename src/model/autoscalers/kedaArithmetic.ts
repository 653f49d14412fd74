/**
 * KEDA's half of the work, free of clocks and fleets: between nothing and something. What lies
 * between one and many is the HorizontalPodAutoscaler's.
 *
 * Source: kedacore/keda-docs, content/docs/2.21: concepts/scaling-deployments.md and
 * reference/scaledobject-spec.md; kedacore/keda, pkg/fallback/fallback.go,
 * pkg/scaling/scale_handler.go and pkg/scaling/executor/scale_scaledobjects.go.
 */
import type { Duration } from "../../kernel/time.ts";

export interface ActivationRule {
  /** A trigger is active above this, one for each trigger. */
  readonly activations: readonly number[];
  /** How long all must have been inactive before it scales to nothing [ns]. */
  readonly cooldown: Duration;
  /** The same while none has been active yet, from the start [ns]. */
  readonly initialCooldown: Duration;
  /** Replicas while active, at least. */
  readonly min: number;
  /** Replicas while inactive; the same as `min` where it never goes down to nothing. */
  readonly idle: number;
  /** Whether a trigger that cannot be read keeps it from stopping: not with a fallback to nothing. */
  readonly holdsUnread: boolean;
}

export interface ActivationVerdict {
  readonly wanted: number;
  /** The trigger that is active, -1 for something else that is; null while none is. */
  readonly active: number | null;
  /** How long none has been active [ns]; null when none ever was. */
  readonly quiet: Duration | null;
}

export interface FallbackRule {
  /** Readings in a row that may be missing; one more and it falls back. */
  readonly failures: number;
  readonly replicas: number;
  readonly behaviour: FallbackBehaviour;
}

export const fallbackBehaviours = [
  "static",
  "current-replicas",
  "current-replicas-if-higher",
  "current-replicas-if-lower",
] as const;
export type FallbackBehaviour = (typeof fallbackBehaviours)[number];

/** Replicas there are, and those of them that are ready. */
export interface Replicas {
  readonly current: number;
  readonly ready: number;
}

/**
 * What stands in for a trigger that cannot be read: so much that a number of replicas is wanted. Every
 * reading counts, that of a poll and that of the HPA.
 */
export class Fallback {
  private readonly rule: FallbackRule;
  /** Whether each replica is to have the target; else it is for the part as a whole. */
  private readonly isAverage: boolean;
  /** Readings missing in a row [readings] -- state. */
  private missing = 0;

  constructor(rule: FallbackRule, isAverage: boolean) {
    this.rule = rule;
    this.isAverage = isAverage;
  }

  /** One reading; null when it is missing and it is too early to fall back, or nobody is ready to compare with. */
  read(value: number | null, target: number, { current, ready }: Replicas): number | null {
    this.missing = value === null ? this.missing + 1 : 0;
    if (this.missing <= this.rule.failures) return value;
    const wanted = target * this.replicas(current);
    if (this.isAverage) return wanted;
    return ready === 0 ? null : wanted / ready;
  }

  private replicas(current: number): number {
    const { replicas, behaviour } = this.rule;
    switch (behaviour) {
      case "static":
        return replicas;
      case "current-replicas":
        return current;
      case "current-replicas-if-higher":
        return Math.max(current, replicas);
      case "current-replicas-if-lower":
        return Math.min(current, replicas);
    }
  }
}

export class Activation {
  private readonly rule: ActivationRule;
  /** When a trigger was seen active last [ns]; null for never -- state. */
  private lastActive: Duration | null = null;

  constructor(rule: ActivationRule) {
    this.rule = rule;
  }

  /**
   * One poll; a value is null when it is not known, and Infinity when a fallback stands in for it,
   * which makes a trigger active. What is to be done, or null for nothing.
   */
  poll(
    values: readonly (number | null)[],
    isForced: boolean,
    size: number,
    now: Duration,
  ): ActivationVerdict | null {
    const { activations, min, idle, cooldown, initialCooldown, holdsUnread } = this.rule;
    const trigger = values.findIndex((value, index) => (value ?? 0) > activations[index]!);
    const isBlind = values.includes(null);
    if (trigger >= 0 || isForced) {
      // The product does not count a poll with an error as activity, unless it starts something.
      if (!isBlind || size === 0) this.lastActive = now;
      const wanted = Math.max(1, min);
      return size < wanted ? { wanted, active: trigger, quiet: 0 } : null;
    }
    if ((isBlind && holdsUnread) || size <= idle) return null;
    const quiet = this.lastActive === null ? null : now - this.lastActive;
    const isOver = quiet === null ? now >= initialCooldown : quiet >= cooldown;
    return isOver ? { wanted: idle, active: null, quiet } : null;
  }
}
