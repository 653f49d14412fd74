/**
 * Curves made of straight pieces, and how long each takes to bring so many arrivals.
 *
 *     rate |      .----.          masses[i]: arrivals expected before piece i begins,
 *          |    /|     |          the area under the pieces before it
 *          |  /  |     |________
 *          '-----'-----'--------- time     starts[0] = 0, and the last piece never ends
 */
import { SECOND, toSeconds, type Duration } from "../../kernel/time.ts";
import type { Curve } from "./rate.ts";

/** The rate [1/s] at an instant. */
export type Point = readonly [time: Duration, rate: number];

/** What the curve does between two points: joins them, or keeps the first one's rate. */
export type Interpolation = "linear" | "step";

/**
 * The curve through points in order of time. Two at the same instant make a jump; before the first
 * and after the last the rate stays as it is there.
 */
export function curveThrough(points: readonly Point[], interpolation: Interpolation): Curve {
  const [, firstRate] = points[0]!;
  const known: Point[] = [[0, firstRate], ...points];
  const pieces: Piece[] = [];
  for (const [index, [from, rate]] of known.entries()) {
    const [until, nextRate] = known[index + 1] ?? [Infinity, rate];
    const endRate = interpolation === "linear" ? nextRate : rate;
    if (until > from) pieces.push({ from, until, rate, endRate });
  }
  return new PiecewiseLinear(pieces);
}

/** A stretch of a curve; the rate [1/s] changes steadily from its beginning to its end. */
interface Piece {
  readonly from: Duration;
  readonly until: Duration;
  readonly rate: number;
  readonly endRate: number;
}

class PiecewiseLinear implements Curve {
  private readonly starts: Float64Array;
  private readonly rates: Float64Array;
  private readonly slopes: Float64Array;
  private readonly masses: Float64Array;
  /** Pieces found last, by time and by mass: the next ones asked for are near. */
  private byTime = 0;
  private byMass = 0;

  constructor(pieces: readonly Piece[]) {
    this.starts = Float64Array.from(pieces, ({ from }) => from);
    this.rates = Float64Array.from(pieces, ({ rate }) => rate);
    this.slopes = Float64Array.from(
      pieces,
      (piece) => (piece.endRate - piece.rate) / length(piece),
    );
    let mass = 0;
    this.masses = Float64Array.from(pieces, (piece) => {
      const before = mass;
      mass += ((piece.rate + piece.endRate) / 2) * length(piece);
      return before;
    });
  }

  get breaks(): Duration[] {
    return [...this.starts.subarray(1)];
  }

  at(time: Duration): number {
    let piece = (this.byTime = lastBelow(this.starts, time, this.byTime));
    if (this.starts[piece + 1] === time) piece++;
    return this.rates[piece]! + this.slopes[piece]! * toSeconds(time - this.starts[piece]!);
  }

  advance(from: Duration, mass: number): Duration {
    this.byTime = lastBelow(this.starts, from, this.byTime);
    const target = this.massUntil(from, this.byTime) + mass;
    // A target reached just as the rate falls to zero is reached then, not when it rises again.
    const piece = (this.byMass = lastBelow(this.masses, target, this.byMass));
    const rest = target - this.masses[piece]!;
    const spent = timeToBring(rest, this.rates[piece]!, this.slopes[piece]!);
    return Math.max(from, this.starts[piece]! + spent);
  }

  /** Arrivals expected before an instant in a piece. */
  private massUntil(time: Duration, piece: number): number {
    const spent = toSeconds(time - this.starts[piece]!);
    return this.masses[piece]! + (this.rates[piece]! + (this.slopes[piece]! * spent) / 2) * spent;
  }
}

/**
 * Time a rate that changes steadily needs to bring a mass [ns]: the root of rate·x + slope·x²/2 =
 * mass, in the form that does not cancel. Infinity from a rate that stays zero.
 */
function timeToBring(mass: number, rate: number, slope: number): Duration {
  if (mass <= 0) return 0; // at a rate of zero the quotient below would be 0/0
  const endRateSquared = Math.max(0, rate * rate + 2 * slope * mass);
  return (2 * mass * SECOND) / (rate + Math.sqrt(endRateSquared));
}

function length(piece: Piece): number {
  return toSeconds(piece.until - piece.from);
}

/** Index of the last value below a bound in a rising array (0 if none is), stepping from a guess. */
function lastBelow(values: Float64Array, bound: number, guess: number): number {
  let index = guess;
  while (index > 0 && values[index]! >= bound) index--;
  while (index + 1 < values.length && values[index + 1]! < bound) index++;
  return index;
}
