/**
 * The special functions behind intervals and distributions, in plain bit-stable arithmetic: gamma,
 * incomplete gamma, incomplete beta, and the inverse of any rising function.
 */
import { exp, log } from "../kernel/mathematics.ts";

const HALF_LOG_TWO_PI = 0.918938533204672741780329736406;

/** Coefficients of Stirling's series, B_2k / (2k (2k - 1)). Abramowitz & Stegun 6.1.41. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** ln Γ(x) for x > 0: Stirling's series, after moving x above 10 where seven terms suffice. */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  const inverseSquare = 1 / (shifted * shifted);
  const series = STIRLING.reduceRight((sum, term) => sum * inverseSquare + term, 0) / shifted;
  return (shifted - 0.5) * log(shifted) - shifted + HALF_LOG_TWO_PI + series - log(product);
}

/** Γ(x) for x > 0. */
export function gammaFunction(x: number): number {
  return exp(logGamma(x));
}

/** Terms after which a series or fraction is taken as it stands; none here needs a tenth of it. */
const TERMS_MAX = 10_000;
const PRECISION = 1e-16;
/** Stands in for a zero denominator in a continued fraction. */
const TINY = 1e-300;

/** P(a, x): the probability that a gamma variate of shape a and scale 1 is at most x. */
export function gammaProbability(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  const front = exp(a * log(x) - x - logGamma(a));
  return x < a + 1 ? front * gammaSeries(a, x) : 1 - front * gammaFraction(a, x);
}

/** Abramowitz & Stegun 6.5.29, for x below a + 1. */
function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < TERMS_MAX && term > sum * PRECISION; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Abramowitz & Stegun 6.5.31, for x above a + 1. */
function gammaFraction(a: number, x: number): number {
  return continuedFraction(
    x + 1 - a,
    (n) => -n * (n - a),
    (n) => x + 2 * n + 1 - a,
  );
}

/** I_x(a, b): the probability that a beta variate is at most x. */
export function betaProbability(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges quickly only below the mean; above it the mirror image is used.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaProbability(1 - x, b, a);
  const logFront = a * log(x) + b * log(1 - x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (exp(logFront) / a) * betaFraction(x, a, b);
}

/** Abramowitz & Stegun 26.5.8, whose leading 1 makes the first denominator. */
function betaFraction(x: number, a: number, b: number): number {
  return continuedFraction(
    1,
    (n) => {
      const m = n >> 1;
      const over = (a + n - 1) * (a + n);
      return n % 2 === 0 ? (m * (b - m) * x) / over : (-(a + m) * (a + b + m) * x) / over;
    },
    () => 1,
  );
}

/** 1 / (b0 + a1 / (b1 + a2 / (b2 + …))), by Lentz's method. */
function continuedFraction(
  b0: number,
  numerator: (n: number) => number,
  denominator: (n: number) => number,
): number {
  let c = 1 / TINY;
  let d = 1 / nonZero(b0);
  let value = d;
  for (let n = 1; n < TERMS_MAX; n += 1) {
    d = 1 / nonZero(numerator(n) * d + denominator(n));
    c = nonZero(denominator(n) + numerator(n) / c);
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < PRECISION * 4) break;
  }
  return value;
}

function nonZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}

/** The probability that a standard normal is at most x. */
export function normalProbability(x: number): number {
  const half = gammaProbability(0.5, (x * x) / 2) / 2;
  return x < 0 ? 0.5 - half : 0.5 + half;
}

/** Where a rising function reaches a level, between bounds that enclose it: bisected to the last bit. */
export function solveRising(
  rising: (x: number) => number,
  level: number,
  low: number,
  high: number,
): number {
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (rising(middle) < level) low = middle;
    else high = middle;
  }
}
