/**
 * Envoy's outlier detection: a host that fails again and again is ejected, each time for longer,
 * unless too many are out already. At the end of each interval hosts are compared as well:
 *
 *     success rate        ejected below mean - 1.9 · standard deviation of all hosts with enough calls
 *     failure percentage  ejected from a fixed share of failures on
 */
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import { count, duration, factor, flag, share } from "../../schema/fields.ts";
import { formatShare } from "../../schema/format.ts";
import { seconds } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import { CANCELLED, OK, RENEGED, type Outcome } from "../outcomes.ts";
import { ejector, type Ejector, type EjectorContext } from "./ejector.ts";

export const outlierDetection = ejector({
  kind: "outlier-detection",
  summary:
    "Ejects a backend after failures in a row, or for far more failures than others have, each time for longer.",
  source:
    "Envoy: envoy/config/cluster/v3/outlier_detection.proto; docs/root/intro/arch_overview/upstream/outlier.rst",
  notes:
    "Every outcome but success counts as a 5xx, calls that were withdrawn as nothing. With the default limit of 10 % a fleet of fewer than ten never ejects anybody. A single host that does worse than n - 1 others who do alike is always √(n - 1) standard deviations below the mean, however little worse it does: 2 among five, enough, 1.73 among four, too few.",
  options: {
    consecutive: count("Failures in a row that eject: consecutive_5xx.", { min: 1 }).default(5),
    interval: duration("How often ejections are looked through.", { min: MILLISECOND }).prefault(
      "10 s",
    ),
    "base-ejection": duration("How long the first ejection lasts: base_ejection_time.").prefault(
      "30 s",
    ),
    "max-ejection": duration("How long any lasts at most: max_ejection_time.").prefault("300 s"),
    "max-ejected": share("Share of backends that may be out: max_ejection_percent.").prefault(
      "10 %",
    ),
    "success-rate-deviations": factor(
      "Standard deviations below the mean success rate from which on it is an outlier: success_rate_stdev_factor.",
    ).prefault(1.9),
    "success-rate-hosts": count(
      "Backends with enough calls that it takes to compare: success_rate_minimum_hosts.",
    ).default(5),
    "success-rate-calls": count(
      "Calls in an interval that are enough: success_rate_request_volume.",
    ).default(100),
    "failure-percentage": share(
      "Share of failures in an interval that ejects: failure_percentage_threshold, which the product does not enforce unless told to; without it, none.",
    ).optional(),
    "failure-percentage-calls": count(
      "Calls in an interval that are enough for it: failure_percentage_request_volume.",
    ).default(50),
    "always-one": flag("Whether one may be out even so: always_eject_one_host.").default(false),
  },
  create: (options, context) => new OutlierDetection(options, context),
});

interface Settings {
  readonly consecutive: number;
  readonly interval: Duration;
  readonly "base-ejection": Duration;
  readonly "max-ejection": Duration;
  readonly "max-ejected": number;
  readonly "success-rate-deviations": number;
  readonly "success-rate-hosts": number;
  readonly "success-rate-calls": number;
  readonly "failure-percentage"?: number | undefined;
  readonly "failure-percentage-calls": number;
  readonly "always-one": boolean;
}

/** What is known of one backend. */
interface Host {
  readonly instance: Instance;
  /** Failures in a row [calls]. */
  failures: number;
  /** Since the last interval ended [calls]. */
  calls: number;
  good: number;
  /** What the base time is multiplied with: up with each ejection, down with each healthy interval. */
  multiplier: number;
  /** When it was ejected [ns]; null while it is not. */
  ejectedAt: Duration | null;
}

class OutlierDetection implements Ejector {
  private readonly settings: Settings;
  private readonly context: EjectorContext;
  /** By instance id. */
  private readonly hosts: (Host | undefined)[] = [];
  /** Hosts ejected now [instances]. */
  private out = 0;

  constructor(settings: Settings, context: EjectorContext) {
    this.settings = settings;
    this.context = context;
    context.agenda.every(settings.interval, () => this.sweep());
  }

  watch(instance: Instance): void {
    this.hosts[instance.id] = {
      instance,
      failures: 0,
      calls: 0,
      good: 0,
      multiplier: 0,
      ejectedAt: null,
    };
  }

  forget(instance: Instance): void {
    if (this.hosts[instance.id]?.ejectedAt != null) this.out--;
    this.hosts[instance.id] = undefined;
  }

  answered(id: number, outcome: Outcome): void {
    const host = this.hosts[id];
    if (host === undefined || outcome === RENEGED || outcome === CANCELLED) return;
    host.calls++;
    if (outcome === OK) {
      host.good++;
      host.failures = 0;
    } else if (++host.failures >= this.settings.consecutive) {
      host.failures = 0;
      this.eject(host, `${this.settings.consecutive} failures in a row`);
    }
  }

  private eject(host: Host, why: string): void {
    if (host.ejectedAt !== null || !this.mayEjectOneMore()) return;
    this.out++;
    host.multiplier++;
    host.ejectedAt = this.context.agenda.now;
    this.context.eject(host.instance, `${why}, out for ${seconds(this.ejection(host))}`);
  }

  private mayEjectOneMore(): boolean {
    if (this.out === 0 && this.settings["always-one"]) return true;
    return this.out + 1 <= this.settings["max-ejected"] * this.context.registered();
  }

  private ejection({ multiplier }: Host): Duration {
    return Math.min(this.settings["base-ejection"] * multiplier, this.settings["max-ejection"]);
  }

  private sweep(): void {
    const { now } = this.context.agenda;
    for (const host of this.hosts) {
      if (host === undefined) continue;
      if (host.ejectedAt === null) host.multiplier = Math.max(0, host.multiplier - 1);
      else if (now - host.ejectedAt >= this.ejection(host)) {
        this.out--;
        host.ejectedAt = null;
        this.context.readmit(host.instance, "its time is over");
      }
    }
    this.compare();
    for (const host of this.hosts) if (host !== undefined) host.calls = host.good = 0;
  }

  /** Ejects those that did much worse in this interval than the others, or than is allowed. */
  private compare(): void {
    const { settings } = this;
    const compared = this.met(settings["success-rate-calls"]);
    if (compared.length >= Math.max(1, settings["success-rate-hosts"])) {
      const rates = compared.map(successRate);
      const least = outlierThreshold(rates, settings["success-rate-deviations"]);
      const limit = formatShare(least);
      for (const host of compared)
        if (successRate(host) < least)
          this.eject(host, `${formatShare(successRate(host))} succeeded, below ${limit}`);
    }
    const most = settings["failure-percentage"] ?? Infinity;
    for (const host of this.met(settings["failure-percentage-calls"])) {
      const failing = 1 - successRate(host);
      if (failing >= most) this.eject(host, `${formatShare(failing)} failed in one interval`);
    }
  }

  /** Hosts that are in and had at least so many calls in this interval. */
  private met(calls: number): Host[] {
    return this.hosts.filter(
      (host): host is Host => host?.ejectedAt === null && host.calls >= Math.max(1, calls),
    );
  }
}

function successRate({ calls, good }: Host): number {
  return good / calls;
}

/** So many standard deviations of the rates below their mean. */
export function outlierThreshold(rates: readonly number[], deviations: number): number {
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const variance =
    rates.reduce((sum, rate) => sum + (rate - mean) * (rate - mean), 0) / rates.length;
  return mean - deviations * Math.sqrt(variance);
}
