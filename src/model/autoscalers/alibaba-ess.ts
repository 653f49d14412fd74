/** Alibaba Cloud Auto Scaling (ESS): alarm tasks that execute simple scaling rules. */
import { z } from "zod";
import { HOUR } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
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

const { change, percent, exact } = adjustmentFields;

const ruleSchema = z
  .strictObject({
    ...alarmFields,
    change: change.describe(
      "QuantityChangeInCapacity: instances to add, or with a minus to remove.",
    ),
    percent: percent.describe(
      "PercentChangeInCapacity: the same in percent of those there are, rounded to the nearest.",
    ),
    exact: exact.describe("TotalCapacity: the number to have."),
    "least-change": count("With percent, the fewest instances to add or remove.").default(0),
    cooldown: duration("Its own cool-down instead of the group's.", { max: 24 * HOUR }).optional(),
  })
  .describe("An alarm task and the simple scaling rule it executes.");

export const alibabaEss = autoscaler({
  kind: "alibaba-ess",
  summary:
    "Alibaba Cloud Auto Scaling with event-triggered tasks: each executes a simple scaling rule, or is rejected during the cool-down.",
  source: "Alibaba Cloud documentation, Auto Scaling: Cooldown period, CreateScalingRule",
  notes:
    "The cool-down begins when an activity has succeeded; what an alarm asks for meanwhile is rejected, not kept for later. Percentages are rounded to the nearest whole instance, so that 20 % of two is none at all. Its target tracking and step rules are modelled by the kinds of those names.",
  example:
    "autoscalers:\n  web:\n    kind: alibaba-ess\n    max: 40\n    rules: [{ above: 80 %, percent: 50 }, { below: 30 %, change: -1, cooldown: 10 min }]",
  options: {
    rules: z.array(ruleSchema).min(1).describe("Alarm tasks, the first that fires decides."),
    ...boundsFields,
    cooldown: duration("DefaultCooldown of the group.", { max: 24 * HOUR }).prefault("300 s"),
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
  create: (settings, context) => scaleByAlarms(settings, "nearest", context),
});
