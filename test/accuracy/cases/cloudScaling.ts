/** Scaling by the rules of a cloud: steps, percentages, targets. */
import {
  adjusted,
  StepScaling,
  type Adjustment,
} from "../../../src/model/autoscalers/alarmArithmetic.ts";
import { TargetTracking } from "../../../src/model/autoscalers/targetArithmetic.ts";
import type { Check, Family } from "../case.ts";

const STEPS = "awsdocs/amazon-ec2-auto-scaling-user-guide, as-scaling-simple-step.md";
const TARGET = "awsdocs/amazon-ec2-auto-scaling-user-guide, as-scaling-target-tracking.md";

const bounds = { min: 0, max: 1000 };
const byPercent = (value: number): Adjustment => ({ kind: "percent", value, least: 0 });
const alarm = (side: "above" | "below") => ({ side, threshold: 50, periods: 1, outOf: 1 });

/** The size after each value of the metric, with time to warm up in between. */
function steps(start: number, metric: readonly number[]): number[] {
  const rule = (side: "above" | "below", sign: number) => ({
    alarm: alarm(side),
    steps: [
      { from: 10, adjustment: byPercent(10 * sign) },
      { from: 20, adjustment: byPercent(30 * sign) },
    ],
  });
  const scaling = new StepScaling([rule("above", 1), rule("below", -1)], bounds);
  const sizes = [start];
  for (const value of metric.slice(1)) {
    const capacity = sizes.at(-1)!;
    const verdict = scaling.look([value, value], { capacity, warm: capacity });
    sizes.push(verdict?.wanted ?? capacity);
  }
  return sizes;
}

function tracked(size: number, value: number): number {
  const rule = { target: 50, periodsOut: 1, periodsIn: 1, lower: 1 };
  const scaling = new TargetTracking([rule], bounds, true);
  return (scaling.look([value], { capacity: size, warm: size })?.wanted ?? size) - size;
}

/** Of so many instances so many percent. */
const rounded = (size: number, percent: number) => adjusted(size, byPercent(percent), "aws") - size;

export const cloudScaling: readonly Family[] = [
  {
    name: "Autoscaling in a cloud",
    cases: [
      {
        id: "step-scaling",
        what: "Ten instances at 55, 60, 70, 45, 40 and 30 % under the steps of the guide's example",
        source: STEPS,
        worked: (): readonly Check[] => [
          ["sizes", steps(10, [55, 60, 70, 45, 40, 30]), [10, 11, 14, 14, 13, 10]],
        ],
      },
      {
        id: "percent-rounding",
        what: "What a percentage of instances becomes: cut off above one, one below it",
        source: STEPS,
        worked: (): readonly Check[] => [
          ["12.7", rounded(127, 10), 12],
          ["0.67", rounded(67, 1), 1],
          ["-0.58", rounded(58, -1), -1],
          ["-6.67", rounded(667, -1), -6],
        ],
      },
      {
        id: "target-tracking",
        what: "A target is approached with more instances rather than fewer",
        source: TARGET,
        worked: (): readonly Check[] => [
          ["+1.5", tracked(10, 57.5), 2],
          ["-1.5", tracked(10, 42.5), -1],
        ],
      },
    ],
  },
];
