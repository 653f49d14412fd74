/** A rate as it was once: a table of requests per interval, from a dashboard or a balancer's counters. */
import { z } from "zod";
import * as fields from "../../schema/fields.ts";
import { fileName, separator, timeUnit } from "../replay/requestFile.ts";
import { rateRows } from "../replay/rateRows.ts";
import { curveThrough, type Point } from "./piecewise.ts";
import { rate, UnusableRate } from "./rate.ts";

export const replay = rate({
  kind: "replay",
  summary: "A rate as it was once: a table of requests for each interval of time.",
  notes:
    "The first row holds from the start of the run, each for one interval; after the last nothing comes. A row may be half an interval late without leaving a gap.",
  example:
    "rate: { kind: replay, file: requests.csv, columns: { time: at, value: count }, interval: 5 min }",
  options: {
    file: fileName("The table, with a line of column names"),
    columns: z
      .strictObject({
        time: fields.text("When an interval began.").default("timestamp"),
        value: fields.text("Its requests.").default("value"),
      })
      .describe("Names of its columns.")
      .prefault({}),
    separator,
    "time-unit": timeUnit,
    interval: fields.duration("Time from one row to the next.", { min: 1e6 }),
    counts: fields
      .choice("Whether a value is the requests of its interval, or requests a second.", [
        "requests",
        "per-second",
      ])
      .default("requests"),
    gaps: fields
      .choice(
        "What comes where rows are missing: a mistake, nothing, the rate before, a line to the rate after.",
        ["refuse", "zero", "hold", "line"],
      )
      .default("refuse"),
    from: fields.duration("How much of the beginning to leave out.").prefault("0 s"),
    speed: fields
      .factor("How many times as fast as it was.", { min: 0.000001, max: 1e6 })
      .default(1),
    volume: fields.factor("What the rate is multiplied by.", { min: 0, max: 1e6 }).default(1),
  },
  create(options, { open }) {
    const { from, speed, volume } = options;
    const points = rateRows(open(options.file), options, (line, message) => {
      throw new UnusableRate(
        `${options.file}:${line}: ${message}; it was not so when it was checked`,
      );
    });
    const whole = curveThrough(points, "linear");
    const later = points.filter(([time]) => time > from);
    const scaled = [[from, whole.at(from)] as Point, ...later].map(([time, value]): Point => [
      (time - from) / speed,
      value * speed * volume,
    ]);
    return curveThrough(scaled, "linear");
  },
});
