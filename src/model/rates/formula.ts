/**
 * A rate given as a formula of time: a day's sine, a decay after the peak.
 *
 * It is worked out once for a row of instants and joined by straight lines, so that drawing an
 * arrival never evaluates it and the count of arrivals is exact for the curve that is shown.
 */
import { SECOND, toSeconds, type Duration } from "../../kernel/time.ts";
import { compileExpression } from "../../schema/expression.ts";
import * as fields from "../../schema/fields.ts";
import { curveThrough, type Point } from "./piecewise.ts";
import { rate, UnusableRate } from "./rate.ts";

/** Units a formula may give its value in [1/s]. */
const units = { rps: 1, "/s": 1, "/min": 1 / 60, "/h": 1 / 3600 } as const;

const expression = fields
  .text(
    'The rate as a formula of t, the time since the start of the run in seconds: "800 + 2 * t".',
  )
  .superRefine((of, context) => {
    const compiled = compileExpression(of, ["t"]);
    if (!compiled.ok) context.addIssue({ code: "custom", message: compiled.message });
  });

export const formula = rate({
  kind: "formula",
  summary: "A rate given as a formula of time.",
  notes:
    "Worked out once a second (at 1,000 instants at least and 100,000 at most, whatever the length of the run) and joined by straight lines: features shorter than that are lost. It must never be negative; max(0, …) keeps it so.",
  options: {
    of: expression,
    unit: fields.choice("Unit of the formula's value.", ["rps", "/s", "/min", "/h"]),
  },
  create({ of, unit }, { duration }) {
    const compiled = compileExpression(of, ["t"]);
    if (!compiled.ok) throw new UnusableRate(compiled.message);
    const points = instants(duration).map((time): Point => {
      const value = compiled.evaluate([toSeconds(time)]);
      if (!(value >= 0 && value < Infinity)) throw new UnusableRate(complaint(of, value, time));
      return [time, value * units[unit]];
    });
    return curveThrough(points, "linear");
  },
});

/** Evenly spaced instants from the start to the end of the run, not more than a second apart in a run of up to a day. */
function instants(duration: Duration): Duration[] {
  const intervals = Math.min(100_000, Math.max(1_000, Math.ceil(duration / SECOND)));
  return Array.from({ length: intervals + 1 }, (_, index) => (duration * index) / intervals);
}

function complaint(of: string, value: number, time: Duration): string {
  const shown = Number(value.toPrecision(6));
  return `"${of}" is ${shown} at t = ${toSeconds(time)}; expected 0 or more throughout the run`;
}
