/**
 * The requests of a file in order of time, in constant memory.
 *
 *     bytes → lines → parsed → (gaps cut) → spread → heap → in order
 *
 * The heap holds what came within the time by which rows may be late, or by which they are spread;
 * from a file that is in order it gives each row as soon as it is read.
 */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { toSeconds } from "../../kernel/time.ts";
import type { Bytes } from "./bytes.ts";
import { Lines, LONGEST_LINE } from "./lines.ts";
import { lineParser, type Parsed, type ParseLine, type RequestFile } from "./requestFile.ts";
import { RowHeap } from "./rowHeap.ts";

/** The most rows that may wait to be put in order [rows]. */
export const MOST_WAITING = 500_000;

/** How rows become requests. */
export interface RowOptions extends RequestFile {
  readonly "sort-within": Duration;
  readonly spread: Duration;
  readonly "longest-gap"?: Duration | undefined;
  readonly gaps: "refuse" | "cut";
}

/** Hears of a line that cannot be used; what it was about is left out. */
export type Complain = (line: number, message: string) => void;

export class RequestRows {
  /** Of the row last given: its time since the first one of the file [ns], class, key and work [ns] -- state. */
  time: Duration = 0;
  requestClass = 0;
  key = 0;
  work: Duration = 0;
  /** The most rows that waited at once [rows] -- state. */
  waitedMost = 0;
  private readonly lines: Lines;
  private readonly parse: ParseLine;
  private readonly options: RowOptions;
  private readonly random: Random;
  private readonly complain: Complain;
  private readonly heap = new RowHeap();
  private readonly parsed: Parsed = { time: 0, requestClass: 0, key: 0, work: 0 };
  /** The first instant of the file, the latest one read [ns], and what was cut out of gaps -- state. */
  private earliest: Duration = Infinity;
  private latest: Duration = -Infinity;
  private cut: Duration = 0;
  private hasBegun = false;
  private isOver = false;

  constructor(
    bytes: Bytes,
    options: RowOptions,
    classes: readonly string[],
    { random, complain }: { random: Random; complain: Complain },
  ) {
    this.options = options;
    this.random = random;
    this.complain = complain;
    this.lines = new Lines(bytes);
    const { header, parse } = lineParser(options, classes);
    this.parse = parse;
    if (header) this.readHeader(header);
  }

  /** Goes on to the next row; false after the last. */
  next(): boolean {
    const { heap } = this;
    while (!this.isOver && heap.first > this.latest - this.cut - this.options["sort-within"])
      this.readLine();
    if (heap.size === 0) return false;
    this.hasBegun = true;
    this.time = Math.max(this.time, heap.first - this.earliest);
    this.requestClass = heap.firstClass;
    this.key = heap.firstKey;
    this.work = heap.firstWork;
    heap.pop();
    return true;
  }

  private readHeader(header: (line: string) => string | null): void {
    const line = this.lines.next();
    const wrong =
      line === null ? "the file is empty; expected a line of column names" : header(line);
    if (wrong === null) return;
    this.complain(1, wrong);
    this.isOver = true;
  }

  private readLine(): void {
    const line = this.lines.next();
    if (line === null) {
      this.isOver = true;
      return;
    }
    if (line === "" && !this.lines.isCut) return;
    const wrong = this.lines.isCut
      ? `the line is longer than ${LONGEST_LINE} bytes`
      : (this.parse(line, this.parsed) ?? this.place(this.parsed));
    if (wrong !== null) this.complain(this.lines.number, wrong);
  }

  /** Puts a row among those that wait; or says what is wrong with its time. */
  private place(row: Parsed): string | null {
    const { time } = row;
    const late = this.latest - time;
    if (late > this.options["sort-within"])
      return `its time is ${toSeconds(late)} s before that of a row above; expected rows in order, or a sort-within of at least that`;
    const wrong = this.skipGap(time);
    if (wrong !== null) return wrong;
    this.latest = Math.max(this.latest, time);
    if (!this.hasBegun) this.earliest = Math.min(this.earliest, time);
    const { spread } = this.options;
    const moved = spread === 0 ? 0 : Math.floor(this.random.next() * spread);
    this.heap.push(time - this.cut + moved, row);
    this.waitedMost = Math.max(this.waitedMost, this.heap.size);
    if (this.heap.size <= MOST_WAITING) return null;
    this.isOver = true;
    return `more than ${MOST_WAITING} rows wait to be put in order; expected a shorter sort-within or spread`;
  }

  private skipGap(time: Duration): string | null {
    const { "longest-gap": longest = Infinity, gaps } = this.options;
    const gap = time - this.latest;
    if (gap <= longest || this.earliest === Infinity) return null;
    this.cut += gap - longest;
    if (gaps === "cut") return null;
    this.latest = time;
    return `nothing comes for ${toSeconds(gap)} s before it; expected ${toSeconds(longest)} s at most, or gaps: cut`;
  }
}
