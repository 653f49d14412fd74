/**
 * When the machines of a run were paid for: the bill laid over its windows, so that they add up to it.
 *
 * An hour of a reservation costs the same whatever runs in it, so it is spread evenly over the hour.
 * The rest of the hour's bill follows the machines that ran above the reservation.
 */
import { SECOND } from "../../kernel/time.ts";
import { hoursOf, paidIn, type Billing, type Priced } from "./billing.ts";

/** A piece of a window that lies within one hour [s]. */
interface Cell {
  readonly window: number;
  readonly hour: number;
  readonly end: number;
  readonly length: number;
}

export class Windows {
  private readonly cells: readonly Cell[];
  private readonly ends: readonly number[];
  private readonly count: number;
  private readonly hours: readonly number[];

  /** @param marks where windows begin, and where the last one ends [ns] */
  constructor(marks: readonly number[]) {
    const end = marks.at(-1)!;
    this.count = marks.length - 1;
    this.hours = hoursOf(end);
    const inSeconds = marks.map((mark) => mark / SECOND);
    const fullHours = this.hours.slice(1).map((_, hour) => (hour + 1) * 3600);
    const bounds = [...new Set([...inSeconds, ...fullHours])].sort((a, b) => a - b);
    let window = 0;
    this.cells = bounds.slice(1).map((bound, place) => {
      const begin = bounds[place]!;
      while (inSeconds[window + 1]! <= begin) window++;
      return { window, hour: Math.floor(begin / 3600), end: bound, length: bound - begin };
    });
    this.ends = this.cells.map((cell) => cell.end);
  }

  /** What one fleet is paid in each window. */
  spent(fleet: Priced, dues: Billing["dues"][number], minimumSeconds: number): number[] {
    const paid = paidIn(fleet.record, this.ends, minimumSeconds);
    const reserved = fleet.purchase?.reserved?.instances ?? 0;
    const above = this.cells.map(({ length }, at) => Math.max(0, paid[at]! - reserved * length));
    const [aboveByHour, lengthByHour] = [
      this.byHour(above),
      this.byHour(this.cells.map(({ length }) => length)),
    ];
    return this.byWindow((cell, at) => {
      const due = dues[cell.hour]!;
      const whole = aboveByHour[cell.hour]!;
      const running = whole > 0 ? (due.above * above[at]!) / whole : 0;
      const committed = (due.reserved * cell.length) / lengthByHour[cell.hour]!;
      return ((running + committed) * fleet.price) / 3600;
    });
  }

  /** What each hour costs evenly, in each window. */
  evenly(amounts: readonly number[]): number[] {
    const lengthByHour = this.byHour(this.cells.map(({ length }) => length));
    return this.byWindow(({ hour, length }) => (amounts[hour]! * length) / lengthByHour[hour]!);
  }

  private byHour(amounts: readonly number[]): number[] {
    const sums = this.hours.map(() => 0);
    this.cells.forEach(({ hour }, at) => (sums[hour]! += amounts[at]!));
    return sums;
  }

  private byWindow(amount: (cell: Cell, at: number) => number): number[] {
    const sums = new Array<number>(this.count).fill(0);
    this.cells.forEach((cell, at) => (sums[cell.window]! += amount(cell, at)));
    return sums;
  }
}
