/**
 * Two thresholds: grow when utilisation has been above one for some periods, shrink when it has been
 * below the other, then hold still for a while. Never shrinks into its own upper threshold.
 */
import { count, duration, share } from "../../schema/fields.ts";
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import type { Instance } from "../instance.ts";
import type { Monitor } from "../monitor.ts";
import { autoscaler, minAboveMax, type AutoscalerContext } from "./autoscaler.ts";

interface Settings {
  readonly above: number;
  readonly below: number;
  readonly grow: number;
  readonly shrink: number;
  readonly min: number;
  readonly max: number;
  readonly period: Duration;
  readonly "periods-above": number;
  readonly "periods-below": number;
  readonly cooldown: Duration;
}

export const threshold = autoscaler({
  kind: "threshold",
  summary:
    "Grows when mean utilisation stays above one threshold, shrinks when it stays below another.",
  source:
    "Amazon EC2 Auto Scaling user guide, simple scaling policies: the alarm shapes and the 300 s cool-down",
  example: "autoscalers:\n  web: { kind: threshold, above: 80 %, below: 30 %, max: 40 }",
  options: {
    above: share("Grow when mean utilisation is above this.").prefault("80 %"),
    below: share("Shrink when mean utilisation is below this.").prefault("30 %"),
    grow: count("Instances added at once.", { min: 1 }).default(1),
    shrink: count("Instances removed at once.", { min: 1 }).default(1),
    min: count("The fewest instances.", { min: 1 }).default(2),
    max: count("The most instances.", { min: 1, max: 100_000 }),
    period: duration("How often it looks, and what it averages over.", {
      min: MILLISECOND,
    }).prefault("60 s"),
    "periods-above": count("Periods in a row above before it grows.", { min: 1 }).default(3),
    "periods-below": count("Periods in a row below before it shrinks.", { min: 1 }).default(15),
    cooldown: duration("How long it holds still after acting.").prefault("300 s"),
  },
  check: minAboveMax,
  create(settings, context) {
    const scaler = new ThresholdScaler(settings, context);
    context.agenda.every(settings.period, () => scaler.look());
  },
});

class ThresholdScaler {
  private readonly settings: Settings;
  private readonly context: AutoscalerContext;
  private readonly monitor: Monitor;
  /** Periods in a row above and below [periods] -- state. */
  private above = 0;
  private below = 0;
  /** No action before this instant [ns] -- state. */
  private holdUntil: Duration = 0;

  constructor(settings: Settings, context: AutoscalerContext) {
    this.settings = settings;
    this.context = context;
    this.monitor = context.monitor(settings.period);
  }

  look(): void {
    const { settings } = this;
    const { fleet, agenda } = this.context;
    const mean = meanUtilisation(fleet.ready(), this.monitor);
    if (mean === null) return;
    this.above = mean > settings.above ? this.above + 1 : 0;
    this.below = mean < settings.below ? this.below + 1 : 0;
    if (agenda.now < this.holdUntil) return;
    if (this.above >= settings["periods-above"]) this.grow(mean);
    else if (this.below >= settings["periods-below"]) this.shrink(mean);
  }

  private grow(mean: number): void {
    const { above, grow, max } = this.settings;
    const { desired } = this.context.fleet;
    const reason = `utilisation ${percent(mean)} above ${percent(above)} for ${this.above} periods`;
    this.act(Math.max(desired, Math.min(max, desired + grow)), reason);
  }

  private shrink(mean: number): void {
    const { above, below, shrink, min } = this.settings;
    const { desired } = this.context.fleet;
    const wanted = Math.min(desired, Math.max(min, desired - shrink));
    if ((mean * desired) / wanted >= above) return;
    const reason = `utilisation ${percent(mean)} below ${percent(below)} for ${this.below} periods`;
    this.act(wanted, reason);
  }

  private act(instances: number, reason: string): void {
    const { fleet, agenda } = this.context;
    if (instances === fleet.desired) return;
    fleet.scaleTo(instances, reason);
    this.above = 0;
    this.below = 0;
    this.holdUntil = agenda.now + this.settings.cooldown;
  }
}

function meanUtilisation(instances: readonly Instance[], monitor: Monitor): number | null {
  const known = instances.flatMap((instance) => monitor.sample(instance)?.utilisation ?? []);
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function percent(value: number): string {
  return `${Math.floor(value * 1000 + 0.5) / 10} %`;
}
