/** AWS target tracking: keeps a metric at a target with two alarms, quick to grow, slow to shrink. */
import { z } from "zod";
import { count, flag, share } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import { isShared, levelKind, metricOf, metricSchema } from "../metrics/index.ts";
import { issuesOfLevel, level, levelOf, showLevel } from "../metrics/level.ts";
import { boundsFields, periodField, Readings } from "./alarmFields.ts";
import { autoscaler, minAboveMax, over } from "./autoscaler.ts";
import { measuredEvery, measurementFields } from "./measure.ts";
import { TargetTracking } from "./targetArithmetic.ts";
import { sizeOf, warmFor, warmUpField } from "./warmth.ts";

const targetSchema = z.strictObject({
  metric: metricSchema.describe("What it goes by."),
  target: level("Where it should be."),
});

const options = {
  metric: metricSchema.describe("What it goes by.").prefault("utilisation"),
  target: level("Where it should be.").optional(),
  targets: z
    .array(targetSchema)
    .describe("Instead, several metrics: it grows if any asks for it, shrinks if all agree.")
    .default([]),
  ...boundsFields,
  "periods-out": count("Periods in a row above the target before it grows.", {
    min: 1,
    max: 1000,
  }).default(3),
  "periods-in": count("Periods in a row below the lower mark before it shrinks.", {
    min: 1,
    max: 1000,
  }).default(15),
  "lower-mark": share("The mark below which it shrinks, as a share of the target.", {
    min: 0.01,
  }).prefault("90 %"),
  "scale-in": flag("Whether it shrinks at all.").default(true),
  "warm-up": warmUpField,
  period: periodField.prefault("60 s"),
  ...measurementFields,
};

type Settings = z.output<z.ZodObject<typeof options>>;

export const targetTracking = autoscaler({
  kind: "target-tracking",
  summary:
    "Amazon's target tracking: keeps a metric at a target, growing after three minutes above it and shrinking after fifteen well below.",
  source: "Amazon EC2 Auto Scaling user guide, as-scaling-target-tracking.md",
  notes:
    "It asks for ⌈instances × metric / target⌉; that it follows in proportion and rounds with care is documented, the formula is our reading of that. Instances that warm up are left out of the metric and nothing is removed while they do. The lower mark is seen at 90 % for Application Auto Scaling; for the CPU of EC2 groups it is nearer to 70 %. With basic monitoring a period is 5 min.",
  example: "autoscalers:\n  web: { kind: target-tracking, target: 50 %, min: 2, max: 40 }",
  options,
  check: (settings) => [...minAboveMax(settings), ...issuesOfTargets(settings)],
  among: "policy",
  agreement: (settings) => (settings["scale-in"] ? settings.period : null),
  most: ({ max }) => max,
  metrics(settings) {
    if (settings.target !== undefined) return [{ path: ["metric"], metric: settings.metric }];
    return settings.targets.map(({ metric }, index) => ({
      path: ["targets", index, "metric"],
      metric,
    }));
  },
  create(settings, { agenda, fleet, measure, scaleTo, floor }) {
    const targets = targetsOf(settings);
    const { period } = settings;
    const rules = targets.map(({ metric, target }) => ({
      target: levelOf(levelKind(metric), target),
      periodsOut: settings["periods-out"],
      periodsIn: settings["periods-in"],
      lower: settings["lower-mark"],
    }));
    const readings = new Readings(targets);
    const metrics = targets.map(({ metric }) => metric);
    const measured = measure(measuredEvery(period, settings), metrics);
    const tracking = new TargetTracking(rules, over(floor, settings), settings["scale-in"]);
    const isWarm = warmFor(settings["warm-up"], agenda);
    agenda.every(period, () => {
      const values = readings.values(measured.view(isWarm));
      const size = sizeOf(fleet, isWarm);
      const verdict = tracking.look(values, size);
      if (verdict === null) return;
      const { metric, target } = targets[verdict.rule]!;
      const kind = levelKind(metric);
      const seen = `${metricOf(metric).title} ${showLevel(kind, values[verdict.rule]!)} of ${showLevel(kind, levelOf(kind, target))}`;
      const base = verdict.wanted > size.capacity ? size.warm : size.capacity;
      const periods = settings[verdict.wanted > size.capacity ? "periods-out" : "periods-in"];
      const clamp = verdict.unbounded === verdict.wanted ? "" : `, clamped to ${verdict.wanted}`;
      const warm = base < size.capacity ? " warm" : "";
      scaleTo(
        verdict.wanted,
        `${seen} at ${base}${warm} for ${periods} periods → ${verdict.unbounded}${clamp}`,
      );
    });
  },
});

function targetsOf({ metric, target, targets }: Settings) {
  return target === undefined ? targets : [{ metric, target }];
}

function issuesOfTargets(settings: Settings): Issue[] {
  const { target, targets } = settings;
  if ((target === undefined) === (targets.length === 0)) {
    return [{ path: [], message: "expected either a `target` or several `targets`" }];
  }
  return targetsOf(settings).flatMap((each, index) => {
    const path = target === undefined ? ["targets", index] : [];
    const issues = issuesOfLevel(levelKind(each.metric), each.target, [...path, "target"]);
    const isTotal =
      each.metric.kind === "backlog" || ("per" in each.metric && !isShared(each.metric));
    if (!isTotal) return issues;
    const message = "a total does not fall as instances are added; expected one for each instance";
    return [...issues, { path: [...path, "metric"], message }];
  });
}
