/** A rate that follows given points: the hour as a planner draws it. */
import { z } from "zod";
import * as fields from "../../schema/fields.ts";
import { curveThrough, type Point } from "./piecewise.ts";
import { rate } from "./rate.ts";

const points = z
  .array(z.tuple([fields.duration("Time since the start of the run."), fields.rate("Rate then.")]))
  .min(1)
  .max(10_000)
  .superRefine((rows, context) => {
    for (const index of rows.keys())
      if (index > 0 && fallsBehind(rows[index - 1]!, rows[index]!))
        context.addIssue({
          code: "custom",
          path: [index, 0],
          message: "the time is before that of the point above; expected points in order of time",
        });
  })
  .describe("Points [time, rate] in order of time; two at the same time make a jump.");

export const profile = rate({
  kind: "profile",
  summary: "A rate that follows given points in time.",
  notes: "Before the first point its rate holds, after the last point the last rate.",
  options: {
    points,
    interpolation: fields
      .choice("Between two points: a straight line, or the first one's rate until the second.", [
        "linear",
        "step",
      ])
      .default("linear"),
  },
  create: ({ points: given, interpolation }) => curveThrough(given, interpolation),
});

function fallsBehind(before: Point, after: Point): boolean {
  return after[0] < before[0];
}
