/**
 * Named streams of random numbers.
 *
 * Every stream is a tychei generator (Neves and Araújo, "Fast and small nonlinear pseudorandom
 * number generators", 2011) seeded from its name by seedrandom. Of seedrandom's fast generators it
 * is one of the few whose streams stay unrelated when their names differ by one character.
 * Exponential and normal draws use the ziggurat method (Marsaglia and Tsang, "The ziggurat method
 * for generating random variables", 2000), with tables made by our own `log` and `exp`.
 */
import seedrandom from "seedrandom";

import { exp, log } from "./mathematics.ts";

/** The stream of one owner and purpose; different triples never share a stream. */
export function stream(seed: string, owner: string, purpose: string): Random {
  return new Random([seed, owner, purpose].map(escapeSeparator).join("/"));
}

function escapeSeparator(part: string): string {
  return part.replaceAll("%", "%25").replaceAll("/", "%2F");
}

/** One stream of random numbers; the same name gives the same numbers on every machine. */
export class Random {
  /** The four words of tychei [int32] -- state; `| 0` on loading keeps the arithmetic whole. */
  private a: number;
  private b: number;
  private c: number;
  private d: number;
  /**
   * Exponentials drawn in advance, and how many of them have been given out -- state. Drawing many at
   * once takes two thirds of the time, and a function as short as `exponential` is always compiled
   * into its callers: the answer of a longer one would often be garbage.
   */
  private exponentials = NOTHING_DRAWN;
  private given = BLOCK;

  constructor(name: string) {
    const { a, b, c, d } = seedrandom.tychei(name, { state: true }).state();
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.d = d | 0;
  }

  /** Uniform on [0, 1), a multiple of 2^-32; so it can be 0: put `1 - next()` under a logarithm. */
  next(): number {
    return (this.step() >>> 0) * TO_UNIT;
  }

  /** A whole number from 0 to n - 1, for n from 1 to 2^32. */
  below(n: number): number {
    return Math.floor((this.step() >>> 0) * TO_UNIT * n);
  }

  /** Exponential with mean 1. */
  exponential(): number {
    if (this.given === BLOCK) this.drawAhead();
    return this.exponentials[this.given++]!;
  }

  private drawAhead(): void {
    if (this.exponentials === NOTHING_DRAWN) this.exponentials = new Float64Array(BLOCK);
    for (let i = 0; i < BLOCK; i++) this.exponentials[i] = this.drawExponential();
    this.given = 0;
  }

  private drawExponential(): number {
    const layer = this.step() & 255;
    const x = (this.step() >>> 0) * exponentialWidths[layer]!;
    return x < exponentialEdges[layer + 1]! ? x : +this.exponentialEdge(layer, x);
  }

  /** Normal with mean 0 and standard deviation 1. */
  normal(): number {
    const draw = this.step();
    const layer = draw & 255;
    const x = (this.step() >>> 0) * normalWidths[layer]!;
    const size = x < normalEdges[layer + 1]! ? x : +this.normalEdge(layer, x);
    return draw & 256 ? size : -size;
  }

  private step(): number {
    let b = this.b | 0;
    let c = this.c | 0;
    let d = this.d | 0;
    let a = this.a | 0;
    b = (b << 25) ^ (b >>> 7) ^ c;
    c = (c - d) | 0;
    d = (d << 24) ^ (d >>> 8) ^ a;
    a = (a - b) | 0;
    b = (b << 20) ^ (b >>> 12) ^ c;
    c = (c - d) | 0;
    d = (d << 16) ^ (c >>> 16) ^ a;
    a = (a - b) | 0;
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    return a;
  }

  /** x fell outside the part of its layer that lies wholly under the curve (1 draw in 46). */
  private exponentialEdge(layer: number, x: number): number {
    for (;;) {
      // The tail of an exponential is an exponential again.
      if (layer === 0) return EXPONENTIAL_TAIL - log(1 - this.next());
      const low = exponentialHeights[layer]!;
      const high = exponentialHeights[layer + 1]!;
      if (low + this.next() * (high - low) < exp(-x)) return x;
      layer = this.step() & 255;
      x = (this.step() >>> 0) * exponentialWidths[layer]!;
      if (x < exponentialEdges[layer + 1]!) return x;
    }
  }

  /** The same for half a normal (1 draw in 81); its tail by Marsaglia, Technometrics 6, 1964. */
  private normalEdge(layer: number, x: number): number {
    for (;;) {
      if (layer === 0) return NORMAL_TAIL + this.normalTailExcess();
      const low = normalHeights[layer]!;
      const high = normalHeights[layer + 1]!;
      if (low + this.next() * (high - low) < halfNormal(x)) return x;
      layer = this.step() & 255;
      x = (this.step() >>> 0) * normalWidths[layer]!;
      if (x < normalEdges[layer + 1]!) return x;
    }
  }

  private normalTailExcess(): number {
    for (;;) {
      const x = -log(1 - this.next()) / NORMAL_TAIL;
      const y = -log(1 - this.next());
      if (2 * y > x * x) return x;
    }
  }
}

const TO_UNIT = 2 ** -32;

/** How many exponentials are drawn at once. */
const BLOCK = 64;
const NOTHING_DRAWN = new Float64Array(0);

/**
 * A ziggurat covers the area under a falling density by 256 layers of equal area.
 *
 *     |__
 *     |  |_            layer i is edges[i] wide, and wholly under the curve
 *     |____|___        up to edges[i + 1]; layer 0 is a rectangle as high as
 *     |________|____   the curve at `tail`, with the tail to its right
 *       …     [i+1] [i]
 *
 * Draw a layer, then a point across it; nearly always it is left of edges[i + 1] and done.
 */
const LAYERS = 256;

/** Where the tail of each density begins, and the area of one layer (Marsaglia and Tsang, 2000). */
const EXPONENTIAL_TAIL = 7.69711747013104972;
const EXPONENTIAL_AREA = 3.949659822581572e-3;
const NORMAL_TAIL = 3.6541528853610088;
const NORMAL_AREA = 4.92867323399e-3;

function halfNormal(x: number): number {
  return exp(-0.5 * x * x);
}

function edges(
  tail: number,
  area: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Float64Array {
  const result = new Float64Array(LAYERS + 1);
  result[0] = area / density(tail);
  result[1] = tail;
  for (let layer = 1; layer < LAYERS - 1; layer++) {
    const x = result[layer]!;
    result[layer + 1] = inverse(area / x + density(x));
  }
  return result;
}

const exponentialEdges = edges(
  EXPONENTIAL_TAIL,
  EXPONENTIAL_AREA,
  (x) => exp(-x),
  (y) => -log(y),
);
const normalEdges = edges(NORMAL_TAIL, NORMAL_AREA, halfNormal, (y) => Math.sqrt(-2 * log(y)));

/** The densities at the edges: the lower and upper side of each layer. */
const exponentialHeights = exponentialEdges.map((edge) => exp(-edge));
const normalHeights = normalEdges.map(halfNormal);

/** Widths of the layers for one step of a 32-bit draw. */
const exponentialWidths = exponentialEdges.map((edge) => edge * TO_UNIT);
const normalWidths = normalEdges.map((edge) => edge * TO_UNIT);
