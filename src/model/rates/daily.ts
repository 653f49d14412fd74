/**
 * The rise and fall of a day, and of the days of a week: a cosine between a trough and a peak.
 *
 *     peak   |        .--.
 *            |      /      \
 *     trough |.__./          \.__
 *            0 h            peak-at
 */
import { cos } from "../../kernel/mathematics.ts";
import { HOUR, type Duration } from "../../kernel/time.ts";
import * as fields from "../../schema/fields.ts";
import { z } from "zod";
import { curveThrough, type Point } from "./piecewise.ts";
import { rate } from "./rate.ts";

const DAY = 24 * HOUR;
/** A day is followed by straight lines of ten minutes, which leave it by less than 0.03 % of its swing. */
const STEP = HOUR / 6;

export const daily = rate({
  kind: "daily",
  summary: "A rate that rises and falls with the hour of the day, and from day to day of the week.",
  notes:
    "A cosine from trough to peak and back in 24 hours. A day's factor holds from midnight to midnight.",
  example: "rate: { kind: daily, peak: 800 rps, trough: 20 %, peak-at: 20 h, begin: 18 h }",
  options: {
    peak: fields.rate("The rate at the busiest time of a day."),
    trough: fields.share("The least rate, twelve hours from it, as a share of the peak."),
    "peak-at": fields.duration("Time of day of the peak.", { min: 0, max: DAY }).prefault("20 h"),
    begin: fields
      .duration(
        "When in the week the run begins; 0 is Monday at midnight, 1d18h Tuesday at 18:00.",
        {
          min: 0,
          max: 7 * DAY,
        },
      )
      .prefault("0 h"),
    days: z
      .array(fields.factor("What a day's rate is multiplied by.", { min: 0, max: 1000 }))
      .length(7)
      .describe("Factors of the seven days from Monday on; all 1 unless given.")
      .optional(),
  },
  create({ peak, trough, "peak-at": peakAt, begin, days }, { duration }) {
    const shape = (time: Duration) => {
      const angle = ((time - peakAt) / DAY) * 2 * Math.PI;
      return peak * ((1 + trough) / 2 + ((1 - trough) / 2) * cos(angle));
    };
    const factor = (day: number) => days?.[day % 7] ?? 1;
    const points: Point[] = [];
    const last = Math.ceil((begin + duration) / STEP);
    for (let step = Math.floor(begin / STEP); step <= last; step++) {
      const time = step * STEP;
      const day = Math.floor(time / DAY);
      if (time % DAY === 0 && day > 0) points.push([time - begin, shape(time) * factor(day - 1)]);
      points.push([time - begin, shape(time) * factor(day)]);
    }
    return curveThrough(fromStart(points), "linear");
  },
});

/** The run may begin between two points; the first one is moved along the line to its start. */
function fromStart(points: readonly Point[]): Point[] {
  const [first, second] = points as readonly [Point, Point];
  if (first[0] >= 0) return [...points];
  const along = -first[0] / (second[0] - first[0]);
  return [[0, first[1] + along * (second[1] - first[1])], ...points.slice(1)];
}
