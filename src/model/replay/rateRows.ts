/** The rates of a file, interval by interval, as the points of a curve. */
import type { Duration } from "../../kernel/time.ts";
import { toSeconds } from "../../kernel/time.ts";
import type { Point } from "../rates/piecewise.ts";
import type { Bytes } from "./bytes.ts";
import { Clock, type TimeUnit } from "./instants.ts";
import { asRead, fieldsOf, Lines, readable, type Separator } from "./lines.ts";
import { missingColumn, noTime } from "./requestFile.ts";
import type { Complain } from "./requestRows.ts";

/** The most rows of a file of rates; they are held as a curve [rows]. */
export const MOST_RATE_ROWS = 1_000_000;

export interface RateFile {
  readonly separator: Separator;
  readonly columns: { readonly time: string; readonly value: string };
  readonly "time-unit": TimeUnit;
  /** How long a row's rate holds [ns]. */
  readonly interval: Duration;
  /** Whether a value counts the requests of its interval, or is their number a second. */
  readonly counts: "requests" | "per-second";
  readonly gaps: "refuse" | "zero" | "hold" | "line";
}

interface Row {
  readonly time: Duration;
  /** [1/s] */
  readonly rate: number;
}

/** The points of a file, from its first row on; wrong rows are told and left out. */
export function rateRows(bytes: Bytes, options: RateFile, complain: Complain): Point[] {
  const lines = new Lines(bytes);
  const read = rowReader(lines.next(), options, complain);
  const points: Point[] = [];
  let before: Row | null = null;
  for (let line = lines.next(); line !== null && read !== null; line = lines.next()) {
    if (line === "") continue;
    if (lines.number > MOST_RATE_ROWS) {
      complain(
        lines.number,
        `the file has more than ${MOST_RATE_ROWS} rows; expected longer intervals`,
      );
      break;
    }
    const row = read(line, before?.time ?? 0);
    if (typeof row === "string") complain(lines.number, row);
    else {
      const wrong: string | null = before === null ? null : bridge(before, row, options, points);
      if (wrong !== null) complain(lines.number, wrong);
      points.push([row.time, row.rate], [row.time + options.interval, row.rate]);
      before = row;
    }
  }
  return inOrder(points);
}

type ReadRow = (line: string, after: Duration) => Row | string;

function rowReader(header: string | null, options: RateFile, complain: Complain): ReadRow | null {
  const { columns, interval, counts } = options;
  const names = fieldsOf(header ?? "", options.separator).map((name) => name.trim());
  const missing = [columns.time, columns.value].find((name) => !names.includes(asRead(name)));
  if (missing !== undefined) {
    complain(1, missingColumn(missing, names.map(readable)));
    return null;
  }
  const timeAt = names.indexOf(asRead(columns.time));
  const valueAt = names.indexOf(asRead(columns.value));
  const clock = new Clock(options["time-unit"]);
  const perSecond = counts === "requests" ? 1 / toSeconds(interval) : 1;
  let began: Duration | null = null;
  return (line, after) => {
    const cells = fieldsOf(line, options.separator);
    const read = clock.read((cells[timeAt] ?? "").trim());
    if (Number.isNaN(read)) return noTime((cells[timeAt] ?? "").trim());
    began ??= read;
    const text = (cells[valueAt] ?? "").trim();
    const value = /^\d+(\.\d*)?(e[+-]?\d{1,2})?$/i.test(text) ? Number(text) : NaN;
    if (!(value <= 1e12))
      return `"${readable(text).slice(0, 40)}" is no number of requests; expected 0 or more`;
    const time = read - began;
    if (time < after)
      return `its time is ${toSeconds(after - time)} s before that of the row above; expected rows in order`;
    return { time, rate: value * perSecond };
  };
}

/** Adds what lies between two rows that are further apart than an interval; or says that it may not be. */
function bridge(
  before: Row,
  row: Row,
  { interval, gaps }: RateFile,
  points: Point[],
): string | null {
  const end = before.time + interval;
  if (row.time === before.time)
    return "its time is that of the row above; expected one row for an interval";
  if (row.time <= end + interval / 2) return null;
  if (gaps === "hold") points.push([row.time, before.rate]);
  if (gaps === "zero") points.push([end, 0], [row.time, 0]);
  if (gaps !== "refuse") return null;
  return `nothing is told of ${toSeconds(row.time - end)} s before it; expected a row every ${toSeconds(interval)} s, or gaps: zero, hold or line`;
}

/** Rows that come a little early end the one before; after the last nothing comes. */
function inOrder(points: readonly Point[]): Point[] {
  const last = points.at(-1);
  if (last === undefined) return [[0, 0]];
  const straight = points.map(([time, rate], index): Point => {
    const next = points[index + 1];
    return [next && next[0] < time ? next[0] : time, rate];
  });
  return [...straight, [last[0], 0]];
}
