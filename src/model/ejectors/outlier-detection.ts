/**
 * Envoy's outlier detection: a host that fails again and again is ejected, each time for longer,
 * unless too many are out already.
 */
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import { count, duration, flag, share } from "../../schema/fields.ts";
import { seconds } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import { CANCELLED, OK, RENEGED, type Outcome } from "../outcomes.ts";
import { ejector, type Ejector, type EjectorContext } from "./ejector.ts";

export const outlierDetection = ejector({
  kind: "outlier-detection",
  summary: "Ejects a backend after failures in a row, each time for longer.",
  source:
    "Envoy: envoy/config/cluster/v3/outlier_detection.proto; docs/root/intro/arch_overview/upstream/outlier.rst",
  notes:
    "Every outcome but success counts as a 5xx, calls that were withdrawn as nothing. With the default limit of 10 % a fleet of fewer than ten never ejects anybody. Ejection by success rate and by failure percentage is not modelled.",
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
  readonly "always-one": boolean;
}

/** What is known of one backend. */
interface Host {
  readonly instance: Instance;
  /** Failures in a row [calls]. */
  failures: number;
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
    this.hosts[instance.id] = { instance, failures: 0, multiplier: 0, ejectedAt: null };
  }

  forget(instance: Instance): void {
    if (this.hosts[instance.id]?.ejectedAt != null) this.out--;
    this.hosts[instance.id] = undefined;
  }

  answered(id: number, outcome: Outcome): void {
    const host = this.hosts[id];
    if (host === undefined || outcome === RENEGED || outcome === CANCELLED) return;
    if (outcome === OK) host.failures = 0;
    else if (++host.failures >= this.settings.consecutive) this.eject(host);
  }

  private eject(host: Host): void {
    host.failures = 0;
    if (host.ejectedAt !== null || !this.mayEjectOneMore()) return;
    this.out++;
    host.multiplier++;
    host.ejectedAt = this.context.agenda.now;
    const { consecutive } = this.settings;
    const words = `${consecutive} failures in a row, out for ${seconds(this.ejection(host))}`;
    this.context.eject(host.instance, words);
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
  }
}
