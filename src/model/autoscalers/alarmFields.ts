/** Alarms and adjustments as users write them, and what they measure. */
import { z } from "zod";
import { SECOND } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import { levelKind, metricOf, metricSchema, type MetricSpec } from "../metrics/index.ts";
import { issuesOfLevel, level, levelOf, showLevel } from "../metrics/level.ts";
import type { View } from "../metrics/metric.ts";
import {
  adjustmentText,
  type Adjustment,
  type AlarmSpec,
  type Verdict,
} from "./alarmArithmetic.ts";

export const alarmFields = {
  metric: metricSchema.describe("What it watches.").prefault("utilisation"),
  above: level("It fires when the metric is above this.").optional(),
  below: level("It fires when the metric is below this.").optional(),
  periods: count("Periods that must be so.", { min: 1, max: 1000 }).default(3),
  "out-of": count("Out of so many last ones; by default they must be in a row.", {
    min: 1,
    max: 1000,
  }).optional(),
};

const signed = (description: string) =>
  z
    .int()
    .min(-100_000)
    .max(100_000)
    .meta({ description, examples: [2, -1] });

export const adjustmentFields = {
  change: signed("ChangeInCapacity: instances to add, or with a minus to remove.").optional(),
  percent: signed("PercentChangeInCapacity: the same in percent of those there are.").optional(),
  exact: count("ExactCapacity: the number to have.", { max: 100_000 }).optional(),
  "least-change": count("With percent, the fewest instances to add or remove.").default(0),
};

export const boundsFields = {
  min: count("The fewest instances.", { min: 1 }).default(1),
  max: count("The most instances.", { min: 1, max: 100_000 }),
};

export const periodField = duration("How often alarms look, and what they average over.", {
  min: SECOND,
});

export interface WrittenAlarm {
  readonly metric: MetricSpec;
  readonly above?: string | number | undefined;
  readonly below?: string | number | undefined;
  readonly periods: number;
  readonly "out-of"?: number | undefined;
}

export interface WrittenAdjustment {
  readonly change?: number | undefined;
  readonly percent?: number | undefined;
  readonly exact?: number | undefined;
  readonly "least-change": number;
}

export function alarmOf(written: WrittenAlarm): AlarmSpec {
  const { metric, above, below, periods } = written;
  const side = above === undefined ? "below" : "above";
  const threshold = levelOf(levelKind(metric), (above ?? below)!);
  return { side, threshold, periods, outOf: written["out-of"] ?? periods };
}

export function adjustmentOf(written: WrittenAdjustment): Adjustment {
  const { change, percent, exact } = written;
  if (change !== undefined) return { kind: "change", value: change };
  if (exact !== undefined) return { kind: "exact", value: exact };
  return { kind: "percent", value: percent!, least: written["least-change"] };
}

export function issuesOfAlarm(written: WrittenAlarm, path: Issue["path"]): Issue[] {
  const { metric, above, below, periods } = written;
  const outOf = written["out-of"] ?? periods;
  const short = `${periods} periods cannot be so out of ${outOf}`;
  const issues: Issue[] = outOf < periods ? [{ path: [...path, "out-of"], message: short }] : [];
  if ((above === undefined) === (below === undefined)) {
    return [...issues, { path, message: "an alarm has either `above` or `below`" }];
  }
  const side = above === undefined ? "below" : "above";
  return [...issues, ...issuesOfLevel(levelKind(metric), (above ?? below)!, [...path, side])];
}

export function issuesOfAdjustment(written: WrittenAdjustment, path: Issue["path"]): Issue[] {
  const given = [written.change, written.percent, written.exact].filter(
    (each) => each !== undefined,
  );
  if (given.length === 1) return [];
  return [{ path, message: "expected one of `change`, `percent` and `exact`" }];
}

/** Reads the metrics of some rules, each in its own units. */
export class Readings {
  private readonly specs: readonly MetricSpec[];
  private readonly metrics: readonly ReturnType<typeof metricOf>[];

  constructor(rules: readonly { readonly metric: MetricSpec }[]) {
    this.specs = rules.map(({ metric }) => metric);
    this.metrics = this.specs.map(metricOf);
  }

  values(view: View): (number | null)[] {
    return this.metrics.map((metric) => metric.ofPart(view));
  }

  /** "utilisation 85 % above 80 % for 3 periods: +2 → 14, clamped to 12". */
  reason(
    { rule, wanted, unbounded, adjustment }: Verdict,
    value: number | null,
    alarm: AlarmSpec,
  ): string {
    const level = levelKind(this.specs[rule]!);
    const seen = value === null ? "unknown" : showLevel(level, value);
    const periods =
      alarm.outOf === alarm.periods
        ? `${alarm.periods} periods`
        : `${alarm.periods} of ${alarm.outOf} periods`;
    const clamp = unbounded === wanted ? "" : ` = ${unbounded}, clamped to ${wanted}`;
    return `${this.metrics[rule]!.title} ${seen} ${alarm.side} ${showLevel(level, alarm.threshold)} for ${periods}: ${adjustmentText(adjustment)}${clamp}`;
  }
}
