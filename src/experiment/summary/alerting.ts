/**
 * Alerts of a run: when their conditions held, when they fired, and when people were told.
 *
 * Prometheus evaluates rules at multiples of an interval; Alertmanager gathers the alerts of a group
 * for a while, then tells of changes at most once in an interval, and repeats itself after a long one.
 *
 * Source: Prometheus documentation, alerting rules; prometheus/alertmanager, notify (needsUpdate).
 */
import type { Duration } from "../../kernel/time.ts";
import type { Condition, Severity, Telemetry } from "../../model/alerts/alert.ts";
import { alerts } from "../../model/alerts/index.ts";
import type { RunRecord } from "../../model/platform.ts";
import type { Scenario } from "../../scenario/language.ts";
import { make } from "../../schema/definition.ts";
import { telemetryOf } from "./telemetry.ts";

/** A stretch of time in which an alert fired [ns]. */
export interface Firing {
  readonly rule: string;
  readonly says: string;
  readonly severity: Severity;
  readonly replication: number;
  /** First evaluation at which the condition held. */
  readonly pendingAt: Duration;
  readonly firedAt: Duration;
  /** First evaluation at which it did not any more; null when the run ends first. */
  readonly resolvedAt: Duration | null;
  /** When people were told of it; null when it was over before that, or the run was. */
  toldAt: Duration | null;
  /** How often they were told again. */
  repeats: number;
  /** When they were told that it is over. */
  overToldAt: Duration | null;
  /** The expression's value that was furthest beyond what it may be. */
  readonly worst: number;
  /** The longest window of its condition [ns]. */
  readonly lookback: Duration;
}

interface Rule {
  readonly name: string;
  readonly conditions: readonly Condition[];
}

export function rulesOf({ alerts: specs }: Pick<Scenario, "alerts">): Rule[] {
  return Object.entries(specs).map(([name, spec]) => {
    return { name, conditions: make(alerts, spec, undefined).conditions };
  });
}

/** Every alert that fired, by replication, rule and time. */
export function firingsOf(scenario: Scenario, records: readonly RunRecord[]): Firing[] {
  const rules = rulesOf(scenario);
  if (rules.length === 0) return [];
  return records.flatMap((record, replication) => {
    const telemetry = telemetryOf(scenario, records, record);
    return rules.flatMap(({ name, conditions }) => {
      const fired = conditions.flatMap((condition) =>
        evaluated(scenario, telemetry, condition).map((stretch): Firing => ({
          ...stretch,
          rule: name,
          says: condition.says,
          severity: condition.severity,
          lookback: condition.windows[0]!,
          replication,
          toldAt: null,
          repeats: 0,
          overToldAt: null,
        })),
      );
      for (const severity of ["page", "ticket"] as const) {
        tell(
          fired.filter((firing) => firing.severity === severity),
          scenario,
        );
      }
      return fired.sort((one, other) => one.firedAt - other.firedAt);
    });
  });
}

type Stretch = Pick<Firing, "pendingAt" | "firedAt" | "resolvedAt" | "worst">;

/** When a condition fired, evaluation by evaluation of the measured part. */
function evaluated(
  { run, window, monitoring: { evaluation } }: Scenario,
  telemetry: Telemetry,
  condition: Condition,
): Stretch[] {
  const found: Stretch[] = [];
  const origin = Math.ceil(run["warm-up"] / window) * window;
  let pendingAt: Duration | null = null;
  let firing: { firedAt: Duration; pendingAt: Duration; worst: number } | null = null;
  const first = Math.ceil(origin / evaluation) * evaluation;
  for (let now = first; now <= run.duration; now += evaluation) {
    const value = condition.value(telemetry, now);
    if (value === null || !condition.holds(value)) {
      if (firing) found.push({ ...firing, resolvedAt: now });
      pendingAt = firing = null;
      continue;
    }
    pendingAt ??= now;
    if (firing) firing.worst = worse(condition, firing.worst, value);
    else if (now - pendingAt >= condition.for) firing = { pendingAt, firedAt: now, worst: value };
  }
  if (firing) found.push({ ...firing, resolvedAt: null });
  return found;
}

/** The larger where large values are bad, the smaller where nothing at all is. */
function worse({ holds }: Condition, one: number, other: number): number {
  return holds(0) ? Math.min(one, other) : Math.max(one, other);
}

/** Notifies of the alerts of one group. */
function tell(firings: readonly Firing[], { run, monitoring }: Scenario): void {
  const starts = firings.map(({ firedAt }) => firedAt);
  let from = -1;
  for (;;) {
    const opened = starts.filter((at) => at > from).reduce((a, b) => Math.min(a, b), Infinity);
    if (opened > run.duration) return;
    from = flushGroup(firings, opened, run.duration, monitoring);
  }
}

/**
 * Flushes a group from its first alert on until it is empty; gives the last flush.
 * What fired and was over between two flushes nobody hears of.
 */
function flushGroup(
  firings: readonly Firing[],
  opened: Duration,
  end: Duration,
  monitoring: Scenario["monitoring"],
): Duration {
  const { "group-wait": wait, "group-interval": interval } = monitoring;
  let toldAt = -Infinity;
  let known: readonly Firing[] = [];
  for (let now = opened + wait; ; now += interval) {
    if (now > end) return end;
    const active = firings.filter(
      ({ firedAt, resolvedAt }) => firedAt <= now && (resolvedAt === null || resolvedAt > now),
    );
    const isAmong = (some: readonly Firing[], { says }: Firing) =>
      some.some((each) => each.says === says);
    const fresh = active.filter((firing) => !isAmong(known, firing));
    const over = known.filter((firing) => !isAmong(active, firing));
    // One that was over and fired again since the last flush is to people the one they know of.
    for (const firing of active) if (!fresh.includes(firing)) firing.toldAt ??= firing.firedAt;
    if (fresh.length > 0 || over.length > 0) {
      for (const firing of fresh) firing.toldAt ??= now;
      for (const firing of over) firing.overToldAt = now;
      toldAt = now;
    } else if (active.length > 0 && now - toldAt >= monitoring["repeat-interval"]) {
      for (const firing of active) firing.repeats++;
      toldAt = now;
    }
    known = active;
    if (active.length === 0) return now;
  }
}
