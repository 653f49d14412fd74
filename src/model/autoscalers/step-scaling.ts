/** AWS step scaling: the further the metric is beyond the alarm, the larger the adjustment. */
import { z } from "zod";
import type { Issue } from "../../schema/issue.ts";
import { levelKind } from "../metrics/index.ts";
import { issuesOfLevel, level, levelOf } from "../metrics/level.ts";
import { StepScaling, type StepRule } from "./alarmArithmetic.ts";
import {
  adjustmentFields,
  adjustmentOf,
  alarmFields,
  alarmOf,
  boundsFields,
  issuesOfAdjustment,
  issuesOfAlarm,
  periodField,
  Readings,
} from "./alarmFields.ts";
import { autoscaler, minAboveMax, over } from "./autoscaler.ts";
import { measuredEvery, measurementFields } from "./measure.ts";
import { sizeOf, warmFor, warmUpField } from "./warmth.ts";

const stepSchema = z.strictObject({
  from: level("How far beyond the threshold it begins; the next step's ends it.").default(0),
  ...adjustmentFields,
});

const policySchema = z
  .strictObject({
    ...alarmFields,
    steps: z.array(stepSchema).min(1).describe("Adjustments, by rising distance."),
  })
  .describe("An alarm and its steps.");

export const stepScaling = autoscaler({
  kind: "step-scaling",
  summary:
    "Amazon EC2 Auto Scaling's step scaling: the further the metric is beyond the alarm's threshold, the larger the adjustment.",
  source: "Amazon EC2 Auto Scaling user guide, as-scaling-simple-step.md",
  notes:
    "It goes on reacting while instances start: an adjustment is made to those that have warmed up, and those on their way count towards it. While any warms up, nothing is removed. A step begins at its distance from the threshold, that very value included; a percentage is cut off to whole instances, one at least.",
  example:
    "autoscalers:\n  web:\n    kind: step-scaling\n    max: 40\n    policies:\n      - { above: 60 %, periods: 2, steps: [{ percent: 10 }, { from: 20 %, percent: 30 }] }\n      - { below: 40 %, periods: 15, steps: [{ change: -1 }] }",
  options: {
    policies: z.array(policySchema).min(1).describe("Policies; the largest growth counts."),
    ...boundsFields,
    "warm-up": warmUpField,
    period: periodField.prefault("60 s"),
    ...measurementFields,
  },
  check: (settings) => [
    ...minAboveMax(settings),
    ...settings.policies.flatMap((policy, index) => [
      ...issuesOfAlarm(policy, ["policies", index]),
      ...issuesOfSteps(policy, ["policies", index, "steps"]),
    ]),
  ],
  among: "policy",
  most: ({ max }) => max,
  metrics: ({ policies }) =>
    policies.map(({ metric }, index) => ({ path: ["policies", index, "metric"], metric })),
  create(settings, { agenda, fleet, measure, scaleTo, floor }) {
    const { policies, period } = settings;
    const rules = policies.map((policy): StepRule => {
      const distance = (from: string | number) => levelOf(levelKind(policy.metric), from);
      const steps = policy.steps.map((step) => ({
        from: distance(step.from),
        adjustment: adjustmentOf(step),
      }));
      return { alarm: alarmOf(policy), steps };
    });
    const readings = new Readings(policies);
    const metrics = policies.map(({ metric }) => metric);
    const measured = measure(measuredEvery(period, settings), metrics);
    const scaling = new StepScaling(rules, over(floor, settings));
    const isWarm = warmFor(settings["warm-up"], agenda);
    agenda.every(period, () => {
      const values = readings.values(measured.view(isWarm));
      const size = sizeOf(fleet, isWarm);
      const verdict = scaling.look(values, size);
      if (verdict === null) return;
      const { alarm } = rules[verdict.rule]!;
      const reason = readings.reason(verdict, values[verdict.rule]!, alarm);
      scaleTo(verdict.wanted, `${reason}${warming(size)}`);
    });
  },
});

/** What the adjustment was made to, where that is not all there are. */
function warming({ capacity, warm }: { capacity: number; warm: number }): string {
  return warm === capacity ? "" : ` of ${warm} that are warm`;
}

function issuesOfSteps(
  { metric, steps }: z.output<typeof policySchema>,
  path: Issue["path"],
): Issue[] {
  const level = levelKind(metric);
  const issues = steps.flatMap((step, index) => [
    ...issuesOfLevel(level, step.from, [...path, index, "from"], false),
    ...issuesOfAdjustment(step, [...path, index]),
  ]);
  if (issues.length > 0) return issues;
  const falls = steps.findIndex(
    ({ from }, index) =>
      index > 0 && levelOf(level, from) <= levelOf(level, steps[index - 1]!.from),
  );
  if (falls < 0) return [];
  return [{ path: [...path, falls, "from"], message: "expected steps in rising order" }];
}
