/**
 * Backends drawn at random in proportion to weight, with or without putting them back.
 *
 *     |--a--|-b-|------c------|      weights 3, 2, 7 laid end to end: a whole number
 *     0     3   5            12      0 … 11 falls into exactly one of them
 */
import type { Random } from "../../kernel/random.ts";
import type { Backends } from "./balancer.ts";

export class WeightedDraw {
  private readonly random: Random;
  /** Where each backend's stretch ends, by position; the last is the sum of all weights. */
  private ends = new Float64Array(0);
  /** Positions drawn and not put back, rising; the first `count` of them count. */
  private readonly drawn: number[] = [];
  private count = 0;
  /** Weight of those. */
  private drawnWeight = 0;
  /** Weight of all. */
  private total = 0;

  constructor(random: Random) {
    this.random = random;
  }

  changed(backends: Backends): void {
    let end = 0;
    this.ends = Float64Array.from(
      { length: backends.size },
      (_, position) => (end += backends.weight(position)),
    );
    this.total = end;
    this.putBack();
  }

  /** Draws a position and puts it back. */
  draw(): number {
    return this.at(this.random.below(this.total));
  }

  /** Draws a position not drawn since `putBack`; at most as many times as there are backends. */
  take(): number {
    let point = this.random.below(this.total - this.drawnWeight);
    // The stretches taken are cut out of the line: step over each that begins at or before the point.
    let rank = 0;
    while (rank < this.count && point >= this.start(this.drawn[rank]!)) {
      point += this.weight(this.drawn[rank]!);
      rank++;
    }
    const position = this.at(point);
    for (let later = this.count; later > rank; later--) this.drawn[later] = this.drawn[later - 1]!;
    this.drawn[rank] = position;
    this.count++;
    this.drawnWeight += this.weight(position);
    return position;
  }

  putBack(): void {
    this.count = 0;
    this.drawnWeight = 0;
  }

  private start(position: number): number {
    return position === 0 ? 0 : this.ends[position - 1]!;
  }

  private weight(position: number): number {
    return this.ends[position]! - this.start(position);
  }

  /** The backend whose stretch a point lies in, by bisection. */
  private at(point: number): number {
    const { ends } = this;
    if (this.total === ends.length) return point; // every weight is 1
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point < ends[middle]!) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
