/** AWS simple scaling: an alarm, one adjustment, and a wait for the activity and the cool-down. */
import { z } from "zod";
import { duration } from "../../schema/fields.ts";
import { autoscaler, minAboveMax } from "./autoscaler.ts";
import {
  adjustmentFields,
  alarmFields,
  boundsFields,
  issuesOfAdjustment,
  issuesOfAlarm,
  periodField,
} from "./alarmFields.ts";
import { scaleByAlarms } from "./alarmScaling.ts";
import { measurementFields } from "./measure.ts";

const ruleSchema = z
  .strictObject({
    ...alarmFields,
    ...adjustmentFields,
    cooldown: duration("Its own cool-down instead of the group's.").optional(),
  })
  .describe("An alarm and what it does.");

export const simpleScaling = autoscaler({
  kind: "simple-scaling",
  summary:
    "Amazon EC2 Auto Scaling's simple scaling: an alarm makes one adjustment, then nothing happens until it is done and the cool-down is over.",
  source:
    "Amazon EC2 Auto Scaling user guide, as-scaling-simple-step.md and ec2-auto-scaling-scaling-cooldowns.md",
  notes:
    "The cool-down counts from when the last new instance is ready, or the last one that leaves is gone. A percentage is cut off to whole instances, one at least.",
  example:
    "autoscalers:\n  web:\n    kind: simple-scaling\n    max: 40\n    rules: [{ above: 80 %, periods: 3, change: 2 }, { below: 30 %, periods: 15, change: -1 }]",
  options: {
    rules: z.array(ruleSchema).min(1).describe("Alarms, the first that fires decides."),
    ...boundsFields,
    cooldown: duration("How long it waits once an activity is over.").prefault("300 s"),
    period: periodField.prefault("60 s"),
    ...measurementFields,
  },
  check: (settings) => [
    ...minAboveMax(settings),
    ...settings.rules.flatMap((rule, index) => [
      ...issuesOfAlarm(rule, ["rules", index]),
      ...issuesOfAdjustment(rule, ["rules", index]),
    ]),
  ],
  among: "policy",
  most: ({ max }) => max,
  metrics: ({ rules }) =>
    rules.map(({ metric }, index) => ({ path: ["rules", index, "metric"], metric })),
  create: (settings, context) => scaleByAlarms(settings, "aws", context),
});
