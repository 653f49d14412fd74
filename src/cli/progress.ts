/**
 * Progress of many replications at once, on stderr: a bar where a person looks on, a line per 10 %
 * where a log file does. The share done is the mean over all replications, finished or under way.
 */
import type { Output } from "./terminal.ts";
import { widthOf } from "./terminal.ts";

/** Repainting more often than this [ms] only costs time. */
const REPAINT_EVERY = 100;
/** The mean of many shares of 1 may come out this much below 1. */
const ROUNDING = 1e-9;
const CLEAR_LINE = "\r\u001b[K";

/** What a long piece of work tells its onlooker. */
export interface Onlooker {
  /** Replication `cell` has done a share, 0 to 1, of its work. */
  advance(cell: number, share: number): void;
  /** There will be this many replications in all, those done included. */
  expect(cells: number): void;
  /** The simulation is over and something else, named in a few words, takes its time. */
  stage(what: string): void;
  /** Everything is over: takes the bar away. */
  end(): void;
}

/** Says nothing: `--quiet`. */
export const silence: Onlooker = { advance() {}, expect() {}, stage() {}, end() {} };

export class Progress implements Onlooker {
  private readonly out: Output;
  /** The wall clock [ms]. */
  private readonly now: () => number;
  private readonly started: number;
  /** Share done, by replication. */
  private shares: Float64Array;
  /** Their sum. */
  private total = 0;
  private painted = -Infinity;
  private tenthsSaid = 0;

  constructor(cells: number, out: Output, now: () => number) {
    this.out = out;
    this.now = now;
    this.started = now();
    this.shares = new Float64Array(cells);
  }

  advance(cell: number, share: number): void {
    this.total += share - this.shares[cell]!;
    this.shares[cell] = share;
    const done = this.done();
    if (this.out.isTTY) this.paint(done);
    else this.say(done);
  }

  expect(cells: number): void {
    const before = this.shares;
    this.shares = new Float64Array(cells);
    this.shares.set(before.subarray(0, cells));
    this.total = this.shares.reduce((sum, one) => sum + one, 0);
    this.tenthsSaid = Math.min(this.tenthsSaid, Math.floor(this.done() * 10));
  }

  stage(what: string): void {
    if (this.out.isTTY) this.out.write(`${CLEAR_LINE}${what} …`);
  }

  end(): void {
    if (this.out.isTTY) this.out.write(CLEAR_LINE);
  }

  private done(): number {
    return this.total / this.shares.length;
  }

  private paint(done: number): void {
    const now = this.now();
    if (now - this.painted < REPAINT_EVERY) return;
    this.painted = now;
    const words = ` ${percent(done)}  ${this.remaining(done)}`;
    const room = Math.max(10, Math.min(40, widthOf(this.out) - words.length - 3));
    const filled = Math.floor(done * room);
    this.out.write(`${CLEAR_LINE}[${"█".repeat(filled)}${"·".repeat(room - filled)}]${words}`);
  }

  private say(done: number): void {
    const tenths = Math.floor((done + ROUNDING) * 10);
    if (tenths <= this.tenthsSaid) return;
    this.tenthsSaid = tenths;
    this.out.write(`simulated ${tenths * 10} %, ${this.remaining(done)}\n`);
  }

  private remaining(done: number): string {
    const elapsed = this.now() - this.started;
    if (done === 0) return "";
    if (done > 1 - ROUNDING) return `in ${inWords(elapsed)}`;
    return `${inWords((elapsed / done) * (1 - done))} left`;
  }
}

function percent(share: number): string {
  return `${String(Math.floor(share * 100)).padStart(3)} %`;
}

/** A stretch of wall-clock time [ms] as a person would say it: "8 s", "2 min 5 s", "1 h 20 min". */
export function inWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
