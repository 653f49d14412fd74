/**
 * Requests as they came once, from an access log or a table: each with its class and its item.
 *
 * Scaled in time, the same requests come faster or slower. Scaled in volume, each row comes as often as
 * the volume says: 2.5 is twice, and once more by the toss of a coin; 0.1 is one row in ten.
 */
import type { Random } from "../../kernel/random.ts";
import { MINUTE, SECOND, type Duration } from "../../kernel/time.ts";
import * as fields from "../../schema/fields.ts";
import { NONE } from "../calls.ts";
import { requestFileFields } from "../replay/requestFile.ts";
import { RequestRows, type RowOptions } from "../replay/requestRows.ts";
import { arrivals, type Arrivals, type Told } from "./arrivals.ts";

export const replay = arrivals({
  kind: "replay",
  summary: "Requests as they came once: an access log, or a table of times, classes and items.",
  source: "Apache HTTP Server, Log Files (common and combined log format); FNV-1a for keys",
  notes:
    "The file is read as a stream, a chunk at a time. Its first row comes at the start of the run. What it says of class and item goes before the mix and its keys. An access log tells whole seconds: unless told otherwise, its requests are spread over the second by chance.",
  example:
    "arrivals: { kind: replay, file: requests.csv, columns: { time: at, class: kind, key: item, work: took } }",
  options: {
    ...requestFileFields,
    from: fields.duration("How much of the beginning to leave out.").prefault("0 s"),
    speed: fields
      .factor("How many times as fast as it was.", { min: 0.000001, max: 1e6 })
      .default(1),
    volume: fields.factor("How many requests for each row.", { min: 0, max: 1000 }).default(1),
    "sort-within": fields
      .duration("How late a row may stand in the file; rows that are later are mistakes.", {
        max: 10 * MINUTE,
      })
      .prefault("0 s"),
    spread: fields
      .duration("Each row comes by chance up to this much later; 1 s for access logs.", {
        max: 10 * MINUTE,
      })
      .optional(),
    "longest-gap": fields.duration("The longest time without a row that is believed.").optional(),
    gaps: fields
      .choice("Whether a longer one is a mistake, or is cut to that.", ["refuse", "cut"])
      .default("refuse"),
  },
  // Its rows are counted where they are checked.
  expected: () => 0,
  create(options, { open, classes, stream }) {
    const complain = (line: number, message: string): never => {
      throw new Error(`${options.file}:${line}: ${message}; it was not so when it was checked`);
    };
    const begin = () =>
      new RequestRows(open(options.file), rowOptions(options), classes, {
        random: stream("spread"),
        complain,
      });
    return new Replayed(begin, options, stream("volume"));
  },
});

/** The options of its rows, with the spread that the format asks for. */
export function rowOptions(
  options: Omit<RowOptions, "spread"> & { readonly spread?: Duration | undefined },
): RowOptions {
  return { ...options, spread: options.spread ?? (options.format === "access-log" ? SECOND : 0) };
}

interface Scale {
  readonly from: Duration;
  readonly speed: number;
  readonly volume: number;
}

class Replayed implements Arrivals, Told {
  readonly told = this;
  requestClass = 0;
  key = 0;
  work: Duration = NONE;
  private readonly begin: () => RequestRows;
  private readonly scale: Scale;
  private readonly random: Random;
  /** Opened when the first request is asked for. */
  private rows: RequestRows | null = null;
  /** When the present row comes [ns], and how many more requests it brings -- state. */
  private instant: Duration = 0;
  private copies = 0;

  constructor(begin: () => RequestRows, scale: Scale, random: Random) {
    this.begin = begin;
    this.scale = scale;
    this.random = random;
  }

  next(now: Duration): Duration {
    const rows = (this.rows ??= this.begin());
    while (this.copies === 0 || this.instant < now) {
      if (!rows.next()) return Infinity;
      const since = rows.time - this.scale.from;
      this.instant = Math.floor(since / this.scale.speed + 0.5);
      this.copies = since < 0 ? 0 : this.drawCopies();
    }
    this.copies--;
    this.requestClass = rows.requestClass;
    this.key = rows.key;
    this.work = rows.work;
    return this.instant;
  }

  private drawCopies(): number {
    const { volume } = this.scale;
    const sure = Math.floor(volume);
    return volume === sure || this.random.next() >= volume - sure ? sure : sure + 1;
  }
}
