/**
 * How fast the Kubernetes HorizontalPodAutoscaler goes where it wants to be, free of clocks and fleets.
 *
 * Source: kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go (stabilisation, the rule
 * without `behavior`, and policies).
 */
import type { Duration } from "../../kernel/time.ts";

export interface Policy {
  readonly kind: "pods" | "percent";
  /** Pods, or percent of the pods at the start of the period. */
  readonly value: number;
  readonly period: Duration;
}

export interface Direction {
  /** Recommendations this old still count [ns]. */
  readonly window: Duration;
  readonly policies: readonly Policy[];
  /** Which policy decides: the one that allows most, least, or none at all. */
  readonly select: "max" | "min" | "disabled";
}

/** A change of size, or a recommendation, and when it was made. */
interface Stamped {
  readonly at: Duration;
  readonly pods: number;
}

/** Steadies recommendations and limits how fast the size may change. */
export interface Pace {
  /** The size allowed now for a desired one, and what held it; remembers the desired one. */
  limit(current: number, desired: number, now: Duration): { pods: number; note: string };
  /** The size was changed. */
  changed(from: number, to: number, now: Duration): void;
}

/**
 * The rule of an HPA without `behavior`, older than policies: what was recommended most in the last
 * minutes, and at a sync no more than double or four.
 *
 * What was recommended most counts for growth as well: a wish that was cut is still granted at the
 * next syncs, even if the pods then want less.
 */
export class WithoutBehaviour implements Pace {
  private readonly window: Duration;
  /** Null before the first decision: the size found then counts as recommended. */
  private recommendations: readonly Stamped[] | null = null;

  /** @param window recommendations this old still count [ns] */
  constructor(window: Duration) {
    this.window = window;
  }

  limit(current: number, desired: number, now: Duration): { pods: number; note: string } {
    const known = this.recommendations ?? [{ at: now, pods: current }];
    // The product keeps one exactly as old, but its syncs are a little further apart than they should.
    const young = known.filter(({ at }) => at > now - this.window);
    this.recommendations = [...young, { at: now, pods: desired }];
    const steady = Math.max(...this.recommendations.map(({ pods }) => pods));
    const allowed = Math.max(FACTOR * current, MINIMUM);
    const held = steadied(desired, steady);
    if (steady <= allowed) return { pods: steady, note: held };
    const rule = `, at most max(${FACTOR} · ${current}, ${MINIMUM}) = ${allowed} at once`;
    return { pods: allowed, note: held + rule };
  }

  /** It knows no periods over which changes would count. */
  changed(): void {}
}

/** How much larger it may become at a sync: scaleUpLimitFactor, and scaleUpLimitMinimum [pods]. */
const FACTOR = 2;
const MINIMUM = 4;

/** The rule of an HPA with `behavior`: a window and policies for either direction. */
export class Behaviour implements Pace {
  private readonly up: Direction;
  private readonly down: Direction;
  /** Null before the first decision: the size found then counts as recommended. */
  private recommendations: readonly Stamped[] | null = null;
  private added: Stamped[] = [];
  private removed: Stamped[] = [];

  constructor(up: Direction, down: Direction) {
    this.up = up;
    this.down = down;
  }

  limit(current: number, desired: number, now: Duration): { pods: number; note: string } {
    const steady = this.stabilise(current, desired, now);
    const held = steadied(desired, steady);
    if (steady > current) {
      const allowed = Math.max(current, this.limitUp(current, now));
      return { pods: Math.min(steady, allowed), note: held + capped(steady > allowed, allowed) };
    }
    if (steady < current) {
      const allowed = Math.min(current, this.limitDown(current, now));
      return { pods: Math.max(steady, allowed), note: held + capped(steady < allowed, allowed) };
    }
    return { pods: current, note: held };
  }

  changed(from: number, to: number, now: Duration): void {
    if (to > from) this.added.push({ at: now, pods: to - from });
    else this.removed.push({ at: now, pods: from - to });
    const longest = Math.max(
      ...[...this.up.policies, ...this.down.policies].map((policy) => policy.period),
    );
    const young = ({ at }: Stamped) => at > now - longest;
    this.added = this.added.filter(young);
    this.removed = this.removed.filter(young);
  }

  private stabilise(current: number, desired: number, now: Duration): number {
    const known = this.recommendations ?? [{ at: now, pods: current }];
    const within = (window: Duration) =>
      known.filter(({ at }) => at > now - window).map(({ pods }) => pods);
    const lowest = Math.min(desired, ...within(this.up.window));
    const highest = Math.max(desired, ...within(this.down.window));
    const longest = Math.max(this.up.window, this.down.window);
    const young = known.filter(({ at }) => at > now - longest);
    this.recommendations = [...young, { at: now, pods: desired }];
    if (current < lowest) return lowest;
    return current > highest ? highest : current;
  }

  private limitUp(current: number, now: Duration): number {
    const { select, policies } = this.up;
    if (select === "disabled") return current;
    const limits = policies.map(({ kind, value, period }) => {
      const base = current - total(this.added, now, period) + total(this.removed, now, period);
      return kind === "pods" ? base + value : Math.ceil((base * (100 + value)) / 100);
    });
    return select === "max" ? Math.max(...limits) : Math.min(...limits);
  }

  private limitDown(current: number, now: Duration): number {
    const { select, policies } = this.down;
    if (select === "disabled") return current;
    const limits = policies.map(({ kind, value, period }) => {
      const base = current + total(this.removed, now, period) - total(this.added, now, period);
      return kind === "pods" ? base - value : Math.floor((base * (100 - value)) / 100);
    });
    return select === "max" ? Math.min(...limits) : Math.max(...limits);
  }
}

function total(changes: readonly Stamped[], now: Duration, period: Duration): number {
  return changes.filter(({ at }) => at > now - period).reduce((sum, { pods }) => sum + pods, 0);
}

function steadied(desired: number, steady: number): string {
  return steady === desired ? "" : `, steadied to ${steady}`;
}

function capped(isCapped: boolean, allowed: number): string {
  return isCapped ? `, policies allow ${allowed}` : "";
}
