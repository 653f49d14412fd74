/** A rate that follows given points: the hour as a planner draws it. */
import { z } from "zod";
import * as fields from "../../schema/fields.ts";
import { curveThrough, type Point } from "./piecewise.ts";
import { rate } from "./rate.ts";

const points = inOrderOfTime(
  z.tuple([fields.duration("Time since the start of the run."), fields.rate("Rate then.")]),
).describe("Points [time, rate] in order of time; two at the same time make a jump.");

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

/** A list of points, none of which is before the one above it. */
export function inOrderOfTime<Row extends Point>(row: z.ZodType<Row, [unknown, unknown]>) {
  return z
    .array(row)
    .min(1)
    .max(10_000)
    .superRefine((rows, context) => {
      for (const index of rows.keys())
        if (index > 0 && rows[index]![0] < rows[index - 1]![0])
          context.addIssue({
            code: "custom",
            path: [index, 0],
            message: "the time is before that of the point above; expected points in order of time",
          });
    });
}
