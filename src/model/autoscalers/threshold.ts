/**
 * Two thresholds: grow when a metric has been above one for some periods, shrink when it has been
 * below the other, then hold still for a while.
 */
import { count, duration, share } from "../../schema/fields.ts";
import { SECOND } from "../../kernel/time.ts";
import { isShared, levelKind, metricOf, metricSchema } from "../metrics/index.ts";
import { issuesOfLevel, level, levelOf, showLevel } from "../metrics/level.ts";
import { autoscaler, minAboveMax, over } from "./autoscaler.ts";
import { measuredEvery, measurementFields } from "./measure.ts";
import { ThresholdRule } from "./thresholdArithmetic.ts";

export const threshold = autoscaler({
  kind: "threshold",
  summary: "Grows when a metric stays above one threshold, shrinks when it stays below another.",
  source:
    "Amazon EC2 Auto Scaling user guide, simple scaling policies: the alarm shapes and the 300 s cool-down",
  notes:
    "Where fewer instances have more each, it never shrinks into its own upper threshold: it waits until the others would stay below.",
  example: "autoscalers:\n  web: { kind: threshold, above: 80 %, below: 30 %, max: 40 }",
  options: {
    metric: metricSchema.describe("What it goes by.").prefault("utilisation"),
    above: level("Grow when the metric is above this.").default("80 %"),
    below: level("Shrink when the metric is below this.").default("30 %"),
    grow: count("Instances added at once.", { min: 1 }).default(1),
    shrink: count("Instances removed at once.", { min: 1 }).default(1),
    "grow-by": share("Instead, the share of its instances it adds at once, rounded up.", {
      min: 0.01,
      max: 10,
    }).optional(),
    "shrink-by": share("Instead, the share it removes at once, rounded down, one at least.", {
      min: 0.01,
    }).optional(),
    min: count("The fewest instances.", { min: 1 }).default(2),
    max: count("The most instances.", { min: 1, max: 100_000 }),
    period: duration("How often it looks, and what it averages over.", {
      min: SECOND / 1000,
    }).prefault("60 s"),
    "periods-above": count("Periods in a row above before it grows.", { min: 1 }).default(3),
    "periods-below": count("Periods in a row below before it shrinks.", { min: 1 }).default(15),
    cooldown: duration("How long it holds still after acting.").prefault("300 s"),
    ...measurementFields,
  },
  check: (settings) => [
    ...minAboveMax(settings),
    ...issuesOfLevel(levelKind(settings.metric), settings.above, ["above"]),
    ...issuesOfLevel(levelKind(settings.metric), settings.below, ["below"], false),
  ],
  among: "policy",
  most: ({ max }) => max,
  metrics: ({ metric }) => [{ path: ["metric"], metric }],
  create(settings, { agenda, fleet, measure, scaleTo, floor }) {
    const { metric: spec, period } = settings;
    const metric = metricOf(spec);
    const level = levelKind(spec);
    const measured = measure(measuredEvery(period, settings), [spec]);
    const [above, below] = [levelOf(level, settings.above), levelOf(level, settings.below)];
    const rule = new ThresholdRule({
      ...settings,
      bounds: over(floor, settings),
      above,
      below,
      growBy: settings["grow-by"] ?? null,
      shrinkBy: settings["shrink-by"] ?? null,
      periodsAbove: settings["periods-above"],
      periodsBelow: settings["periods-below"],
      isShared: isShared(spec),
    });
    agenda.every(period, () => {
      const value = metric.ofPart(measured.view());
      if (value === null) return;
      const step = rule.look(value, fleet.desired, agenda.now);
      if (step === null) return;
      const limit = step.side === "above" ? above : below;
      const seen = `${metric.title} ${showLevel(level, value)} ${step.side} ${showLevel(level, limit)}`;
      scaleTo(step.wanted, `${seen} for ${step.periods} periods`);
    });
  },
});
