/**
 * The arithmetic of the Kubernetes HorizontalPodAutoscaler, free of clocks and fleets.
 *
 * Source: kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go (the ratio) and
 * horizontal.go (stabilisation, the rule without `behavior`, and policies).
 */
import type { Duration } from "../../kernel/time.ts";

/** One pod as the controller sees it. */
export interface Pod {
  /** Use of what it requested, in the metric's last window [0 to 1 or more]; null when missing. */
  readonly usage: number | null;
  /** Not ready, or ready only since the sample's window began: its usage does not count. */
  readonly ignored: boolean;
}

export interface Ratio {
  readonly desired: number;
  /** How the number came about, for the journal. */
  readonly arithmetic: string;
}

/** How far from the target the ratio may be before anything is done [share]. */
export interface Tolerance {
  /** Above it, before growing. */
  readonly up: number;
  /** Below it, before shrinking. */
  readonly down: number;
}

/** How pods' values become a ratio to the target, and how both are told. */
export interface Target {
  /** Ratio of a mean over pods to the target. */
  ratio(mean: number): number;
  /** What a pod without a metric counts as before shrinking. */
  readonly fill: number;
  /** "180 % of 60 %". */
  seen(mean: number): string;
}

/** A target for utilisation, in whole percent of the request. */
export function utilisationTarget(percent: number): Target {
  return {
    ratio: (mean) => wholePercent(mean) / percent,
    fill: Math.max(100, percent) / 100,
    seen: (mean) => `${wholePercent(mean)} % of ${percent} %`,
  };
}

/** A target for the mean of any other metric of pods, in whole thousandths as the product counts. */
export function meanTarget(target: number, show: (value: number) => string): Target {
  const thousandths = (value: number) => Math.floor(Math.floor(value * 1e6 + 0.5) / 1e3);
  return {
    ratio: (mean) => thousandths(mean) / thousandths(target),
    fill: target,
    seen: (mean) => `${show(mean)} of ${show(target)}`,
  };
}

/**
 * Pods wanted for a utilisation target; null when no pod has a metric.
 *
 * @param current pods the scale target asks for now
 * @param target utilisation aimed at, in whole percent of the request
 */
export function desiredPods(
  pods: readonly Pod[],
  current: number,
  target: number,
  tolerance: Tolerance,
): Ratio | null {
  return desiredFor(pods, current, utilisationTarget(target), tolerance);
}

/** The same for any target of a mean over pods. */
export function desiredFor(
  pods: readonly Pod[],
  current: number,
  target: Target,
  tolerance: Tolerance,
): Ratio | null {
  const measured = pods.filter((pod) => pod.usage !== null && !pod.ignored);
  const ignored = pods.filter((pod) => pod.ignored).length;
  const missing = pods.length - measured.length - ignored;
  if (measured.length === 0) return null;
  const usage = measured.reduce((sum, pod) => sum + pod.usage!, 0);
  const mean = usage / measured.length;
  const ratio = target.ratio(mean);
  const seen = `${measured.length} ready at ${target.seen(mean)}`;
  if (missing === 0 && (ignored === 0 || ratio <= 1)) {
    if (isWithin(ratio, tolerance)) return keep(current, `${seen}: within tolerance`);
    return ceiling(seen, ratio, measured.length);
  }
  // What is not known is filled in so that it holds the decision back, never pushes it.
  const filledMissing = ratio < 1 ? missing * target.fill : 0;
  const filledIn = (ratio === 1 ? 0 : missing) + (ratio > 1 ? ignored : 0);
  const counted = measured.length + filledIn;
  const cautious = target.ratio((usage + filledMissing) / counted);
  const filled = `${seen}, ${missing} without metric, ${ignored} not ready`;
  const crosses = (ratio < 1 && cautious > 1) || (ratio > 1 && cautious < 1);
  if (isWithin(cautious, tolerance) || crosses)
    return keep(current, `${filled}: no clear direction`);
  const wanted = ceiling(filled, cautious, counted);
  const against =
    (cautious < 1 && wanted.desired > current) || (cautious > 1 && wanted.desired < current);
  return against ? keep(current, `${filled}: would go the other way`) : wanted;
}

/** What a metric of the whole part is judged with, and how it is told. */
export interface Shown {
  readonly tolerance: Tolerance;
  readonly show: (value: number) => string;
}

/** Pods wanted for an Object or External metric with a `Value` target: in proportion to ready pods. */
export function desiredForValue(
  value: number,
  target: number,
  pods: { readonly current: number; readonly ready: number },
  { tolerance, show }: Shown,
): Ratio {
  const ratio = value / target;
  const seen = `${pods.ready} ready at ${show(value)} of ${show(target)}`;
  if (isWithin(ratio, tolerance)) return keep(pods.current, `${seen}: within tolerance`);
  return ceiling(seen, ratio, pods.ready);
}

/**
 * Pods wanted for such a metric with an `AverageValue` target: so much for each pod.
 *
 * @param measured what there was before it was cut down to what the partitions of a topic can take
 */
export function desiredForAverage(
  total: number,
  target: number,
  current: number,
  { tolerance, show, measured = total }: Shown & { readonly measured?: number },
): Ratio {
  const cut = measured > total ? `, counted as ${show(total)} for its partitions` : "";
  const seen = `${show(measured)} at ${show(target)} a pod${cut}`;
  if (isWithin(total / (target * current), tolerance))
    return keep(current, `${seen}: within tolerance`);
  return ceiling(seen, total / target, 1);
}

/**
 * The most that any metric asks for; null when nothing may be done: none is known, or the known ones
 * would shrink while another is not.
 */
export function highest(proposals: readonly (Ratio | null)[], current: number): Ratio | null {
  const known = proposals.filter((proposal) => proposal !== null);
  if (known.length === 0) return null;
  const most = known.reduce((best, each) => (each.desired > best.desired ? each : best));
  if (known.length < proposals.length && most.desired < current) return null;
  return most;
}

/** The controller divides whole numbers of milli-CPUs; rounding to millionths first forgives doubles. */
function wholePercent(share: number): number {
  return Math.floor(Math.floor(share * 1e6 + 0.5) / 1e4);
}

function isWithin(ratio: number, { up, down }: Tolerance): boolean {
  return ratio >= 1 - down && ratio <= 1 + up;
}

function keep(current: number, arithmetic: string): Ratio {
  return { desired: current, arithmetic };
}

function ceiling(seen: string, ratio: number, pods: number): Ratio {
  const exact = ratio * pods;
  const desired = Math.ceil(exact);
  return { desired, arithmetic: `${seen} → ⌈${showExact(exact)}⌉ = ${desired}` };
}

/** With one decimal, or as many as it takes to see which whole number is the next above. */
export function showExact(count: number): number {
  const whole = Math.ceil(count);
  for (let unit = 10; unit <= 1e5; unit *= 10) {
    const shown = Math.floor(count * unit + 0.5) / unit;
    if (Math.ceil(shown) === whole) return shown;
  }
  return count;
}

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
