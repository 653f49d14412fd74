/**
 * How many pods the Kubernetes HorizontalPodAutoscaler wants, free of clocks and fleets.
 *
 * Source: kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go.
 */

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
