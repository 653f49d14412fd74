/** Rows that wait until no earlier one can come any more: a binary heap by time, then by order of reading. */
import type { Duration } from "../../kernel/time.ts";
import type { Parsed } from "./requestFile.ts";

/** Numbers of one row: time [ns], order of reading, class, key, work [ns]. */
const WIDTH = 5;

export class RowHeap {
  /** Rows in it [rows] -- state. */
  size = 0;
  private rows = new Float64Array(WIDTH * 64);
  private read = 0;

  /** The least time in it [ns]; Infinity when it is empty. */
  get first(): Duration {
    return this.size === 0 ? Infinity : this.rows[0]!;
  }

  get firstClass(): number {
    return this.rows[2]!;
  }

  get firstKey(): number {
    return this.rows[3]!;
  }

  get firstWork(): Duration {
    return this.rows[4]!;
  }

  push(time: Duration, { requestClass, key, work }: Omit<Parsed, "time">): void {
    if ((this.size + 1) * WIDTH > this.rows.length) {
      const larger = new Float64Array(this.rows.length * 2);
      larger.set(this.rows);
      this.rows = larger;
    }
    let place = this.size++;
    this.rows.set([time, this.read++, requestClass, key, work], place * WIDTH);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.isBefore(place, parent)) return;
      this.swap(place, parent);
      place = parent;
    }
  }

  /** Takes the first row away. */
  pop(): void {
    this.swap(0, --this.size);
    for (let place = 0; ;) {
      let least = place;
      for (const child of [2 * place + 1, 2 * place + 2])
        if (child < this.size && this.isBefore(child, least)) least = child;
      if (least === place) return;
      this.swap(place, least);
      place = least;
    }
  }

  private isBefore(one: number, other: number): boolean {
    const { rows } = this;
    const [a, b] = [one * WIDTH, other * WIDTH];
    return rows[a]! < rows[b]! || (rows[a] === rows[b] && rows[a + 1]! < rows[b + 1]!);
  }

  private swap(one: number, other: number): void {
    const { rows } = this;
    for (let field = 0; field < WIDTH; field++) {
      const kept = rows[one * WIDTH + field]!;
      rows[one * WIDTH + field] = rows[other * WIDTH + field]!;
      rows[other * WIDTH + field] = kept;
    }
  }
}
