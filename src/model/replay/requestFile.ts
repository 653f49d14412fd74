/** What may be said of a file of single requests, and how one line of it is read. */
import { z } from "zod";
import * as fields from "../../schema/fields.ts";
import { didYouMean } from "../../schema/suggest.ts";
import { NONE } from "../calls.ts";
import { HOUR, SECOND, type Duration } from "../../kernel/time.ts";
import { Clock } from "./instants.ts";
import { asRead, fieldsOf, readable, separators } from "./lines.ts";

/** A class that the file leaves to the mix. */
export const ANY_CLASS = -1;

const units = ["s", "ms", "us", "ns"] as const;
const nanosecondsOf = { s: SECOND, ms: 1e6, us: 1e3, ns: 1 } as const;

export const timeUnit = fields
  .choice("What a time that is a number counts; dates with a time of day are known too.", units)
  .default("s");

export const separator = fields
  .choice("What stands between the fields of a table.", separators)
  .default(",");

export const fileName = (what: string) =>
  fields.text(`${what}: its path from the scenario's folder, which it may not leave.`);

export const requestFileFields = {
  file: fileName("The file of requests"),
  format: fields
    .choice("A table with a line of column names, or the common or combined log of a web server.", [
      "csv",
      "access-log",
    ])
    .default("csv"),
  separator,
  columns: z
    .strictObject({
      time: fields.text("When the request came.").default("timestamp"),
      class: fields
        .text("Its class, a name of the mix; where it is empty the mix decides.")
        .optional(),
      key: fields.text("The item it is about.").optional(),
      work: fields
        .text("The work it brings, for steps `requested-work`; where it is empty they decide.")
        .optional(),
    })
    .describe("Names of the columns of a table.")
    .prefault({}),
  "time-unit": timeUnit,
  "work-unit": fields.choice("What a number of the column of work counts.", units).default("s"),
  paths: z
    .record(fields.name("A class of the mix."), z.array(fields.text("Beginning of a path.")))
    .describe(
      "Of an access log: by class, beginnings of the paths that mean it; the longest that fits decides.",
    )
    .optional(),
  items: fields
    .count("Items there are: a key that is no whole number below this is hashed to one.", {
      min: 1,
      max: 1e7,
    })
    .default(1_000_000),
} as const;

const schema = z.strictObject(requestFileFields);
export type RequestFile = z.output<typeof schema>;

/** One line understood. */
export interface Parsed {
  time: Duration;
  requestClass: number;
  key: number;
  /** [ns at normal speed] */
  work: Duration;
}

/** Reads a line into `into`; what is wrong with it, or null. */
export type ParseLine = (line: string, into: Parsed) => string | null;

/** How the lines of a file are read; a table's first line says which column is which. */
export function lineParser(
  options: RequestFile,
  classes: readonly string[],
): { readonly header: ((line: string) => string | null) | null; readonly parse: ParseLine } {
  const byName = new Map(classes.map((name, number) => [name, number]));
  return options.format === "csv" ? tableParser(options, byName) : logParser(options, byName);
}

function tableParser(options: RequestFile, classes: ReadonlyMap<string, number>) {
  const { columns, items } = options;
  const clock = new Clock(options["time-unit"]);
  const at = { time: -1, class: -1, key: -1, work: -1 };
  const unit = nanosecondsOf[options["work-unit"]];
  const header = (line: string): string | null => {
    const names = fieldsOf(line, options.separator).map((name) => name.trim());
    for (const column of ["time", "class", "key", "work"] as const) {
      const wanted = columns[column];
      if (wanted === undefined) continue;
      at[column] = names.indexOf(asRead(wanted));
      if (at[column] < 0) return missingColumn(wanted, names.map(readable));
    }
    return null;
  };
  const parse: ParseLine = (line, into) => {
    const cells = fieldsOf(line, options.separator);
    const time = cells[at.time]?.trim() ?? "";
    into.time = clock.read(time);
    into.work = NONE;
    if (Number.isNaN(into.time)) return noTime(time);
    const name = at.class < 0 ? "" : (cells[at.class] ?? "").trim();
    const requestClass = name === "" ? ANY_CLASS : classes.get(name);
    if (requestClass === undefined) return noClass(name, classes);
    into.requestClass = requestClass;
    into.key = at.key < 0 ? NONE : keyOf((cells[at.key] ?? "").trim(), items);
    return at.work < 0 ? null : readWork((cells[at.work] ?? "").trim(), unit, into);
  };
  return { header, parse };
}

function logParser({ paths, items }: RequestFile, classes: ReadonlyMap<string, number>) {
  const clock = new Clock("s");
  const beginnings = Object.entries(paths ?? {})
    .flatMap(([name, list]) => list.map((path) => [asRead(path), classes.get(name)!] as const))
    .sort(([one], [other]) => other.length - one.length);
  const parse: ParseLine = (line, into) => {
    const open = line.indexOf("[");
    const close = line.indexOf('] "', open);
    const end = line.indexOf('"', close + 3);
    if (open < 0 || close < 0 || end < 0)
      return `"${excerpt(line)}" is no line of an access log; expected host - user [time] "request" status bytes`;
    const time = line.slice(open + 1, close);
    into.time = clock.read(time);
    if (Number.isNaN(into.time)) return noTime(time);
    const [, target = ""] = line.slice(close + 3, end).split(" ", 2);
    const query = target.indexOf("?");
    const path = query < 0 ? target : target.slice(0, query);
    into.requestClass = beginnings.find(([start]) => path.startsWith(start))?.[1] ?? ANY_CLASS;
    into.key = hashed(path, items);
    into.work = NONE;
    return null;
  };
  return { header: null, parse };
}

/** The work of a row, at most an hour of it; what is wrong with it, or null. */
function readWork(text: string, unit: Duration, into: Parsed): string | null {
  if (text === "") return null;
  const work = /^\d*\.?\d+$/.test(text) ? Math.floor(Number(text) * unit + 0.5) : NaN;
  if (!(work <= HOUR)) return `"${excerpt(text)}" is no work; expected a number, at most an hour`;
  into.work = work;
  return null;
}

/** The item a key of a file stands for. */
function keyOf(text: string, items: number): number {
  if (text === "") return NONE;
  if (/^\d{1,9}$/.test(text) && Number(text) < items) return Number(text);
  return hashed(text, items);
}

/** FNV-1a, 32 bits, over the bytes of a key (Fowler, Noll and Vo), folded to the items there are. */
function hashed(text: string, items: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % items;
}

export function missingColumn(wanted: string, names: readonly string[]): string {
  const meant = didYouMean(wanted, names);
  const shown = names.map(excerpt).join(", ").slice(0, 200);
  return `there is no column "${wanted}"; there is ${shown}${meant ? `; did you mean "${meant}"?` : ""}`;
}

export function noTime(found: string): string {
  return `"${excerpt(found)}" is no time; expected a number or a date such as 2026-11-11 00:00:00`;
}

function noClass(found: string, classes: ReadonlyMap<string, number>): string {
  return `there is no class "${excerpt(found)}" in the mix; there is ${[...classes.keys()].join(", ")}`;
}

function excerpt(text: string): string {
  const shown = readable(text);
  return shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
}
