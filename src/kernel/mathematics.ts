/**
 * Logarithm, exponential, power, sine and cosine that give the same bits on every machine.
 *
 * `Math.log` and its kin differ in the last place between processors, and `Math.pow` between
 * versions of Node; only `+ - * / %`, `Math.sqrt`, `Math.floor` and `Math.fround` are the same
 * everywhere. These functions use nothing else. The method and the constants are those of Sun's
 * fdlibm (e_log.c, e_exp.c, e_pow.c, k_sin.c, k_cos.c, e_rem_pio2.c; netlib.org/fdlibm): bring the
 * argument into a small interval, evaluate a minimax polynomial there, scale back.
 */

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** A Number seen as two 32-bit words, to read and replace its exponent. */
const float = new Float64Array(1);
const word = new Int32Array(float.buffer);
/** Index of the word with the sign and exponent: 1 on little-endian machines. */
const HIGH = new Uint8Array(Int32Array.of(1).buffer)[0] === 1 ? 1 : 0;

const EXPONENT_BIAS = 1023;
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** Natural logarithm, within 1 ulp; NaN below zero, -Infinity at zero. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let k = -EXPONENT_BIAS;
  if (x < SMALLEST_NORMAL) {
    x *= 2 ** 54;
    k -= 54;
  }
  // x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), so that log(1 + f) is small.
  float[0] = x;
  const high = word[HIGH]!;
  const fraction = high & 0xfffff;
  const upper = (fraction + 0x95f64) & 0x100000;
  word[HIGH] = fraction | (upper ^ 0x3ff00000);
  k += (high >> 20) + (upper >> 20);
  const f = float[0] - 1;

  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const even =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + odd + even) + k * LN2_LOW) - f);
}

const LARGEST_EXPONENT = 709.782712893383973096;
const SMALLEST_EXPONENT = -745.13321910194110842;
const INVERSE_LN2 = 1.442695040888963387;

/** e to the power x, within 1 ulp; Infinity above 709.8, zero below -745.1. */
export function exp(x: number): number {
  if (!(x <= LARGEST_EXPONENT)) return x > 0 ? Infinity : NaN;
  if (x < SMALLEST_EXPONENT) return 0;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const c = expRemainder(r);
  return scale(1 - (low - (r * c) / (2 - c) - high), k);
}

/** r - r²·P(r²), which turns into e^r by 1 + r + r·c / (2 - c), for |r| up to ln 2 / 2. */
function expRemainder(r: number): number {
  const t = r * r;
  return (
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 +
                t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))))
  );
}

/** x · 2^k for x in [1/2, 2]; two steps where 2^k itself is no normal Number. */
function scale(x: number, k: number): number {
  if (k > 1000) return x * powerOfTwo(k - 1000) * 2 ** 1000;
  if (k < -1000) return x * powerOfTwo(k + 1000) * 2 ** -1000;
  return x * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  float[0] = 0;
  word[HIGH] = (k + EXPONENT_BIAS) << 20;
  return float[0];
}

/**
 * base to the power exponent, within 1 ulp, with the special cases of `Math.pow`.
 *
 * log2(base) is kept as a sum of two Numbers: its error is multiplied by the exponent, so one
 * Number would not do. `Math.fround` cuts a Number to 24 bits, and products of two such are exact.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  const size = Math.abs(base);
  if (base !== base || exponent !== exponent) return NaN;
  if (Math.abs(exponent) > 2 ** 64 || size === 0 || size === Infinity || size === 1) {
    return extremePower(base, exponent);
  }
  if (base < 0) {
    if (Math.floor(exponent) !== exponent) return NaN;
    return exponent % 2 === 0 ? power(size, exponent) : -power(size, exponent);
  }

  logarithm2(base);
  const exponentHigh = Math.fround(exponent);
  const low = (exponent - exponentHigh) * log2High + exponent * log2Low;
  const high = exponentHigh * log2High;
  const total = low + high;
  if (total >= 1025) return Infinity;
  if (total <= -1076) return 0;

  // 2^total = 2^k · e^z, with the part of the product that z has no room for in w.
  const k = Math.floor(total + 0.5);
  const rest = high - k;
  const t = Math.fround(low + rest);
  const u = t * 6.93147182464599609375e-1;
  const v = (low - (t - rest)) * 6.93147180559945286227e-1 + t * -1.90465429995776804525e-9;
  const z = u + v;
  const w = v - (z - u);
  const c = expRemainder(z);
  return scale(1 - ((z * c) / (c - 2) - (w + z * w) - z), k);
}

/** Powers of 0, 1, -1 and the infinities, and exponents beyond any finite result. */
function extremePower(base: number, exponent: number): number {
  const size = Math.abs(base);
  const odd = Math.abs(exponent % 2) === 1;
  if (size === 1) {
    if (Math.abs(exponent) === Infinity) return NaN;
    return base > 0 || exponent % 2 === 0 ? 1 : Math.floor(exponent) === exponent ? -1 : NaN;
  }
  const result = size > 1 === exponent > 0 ? Infinity : 0;
  const negative = odd && (base < 0 || Object.is(base, -0));
  return negative ? -result : result;
}

/** log2 of the last base given to `logarithm2`: the first 24 bits, and the rest. */
let log2High = 0;
let log2Low = 0;

function logarithm2(base: number): void {
  let n = -EXPONENT_BIAS;
  if (base < SMALLEST_NORMAL) {
    base *= 2 ** 54;
    n -= 54;
  }
  float[0] = base;
  n += word[HIGH]! >> 20;
  const fraction = word[HIGH]! & 0xfffff;
  word[HIGH] = fraction | 0x3ff00000;
  let x = float[0];

  // Measure from 1 or from 3/2, whichever is nearer; `startHigh + startLow` is its logarithm.
  let start = 1;
  let startHigh = 0;
  let startLow = 0;
  if (fraction >= 0xbb67a) {
    x *= 0.5;
    n += 1;
  } else if (fraction > 0x3988e) {
    start = 1.5;
    startHigh = 5.84962487220764160156e-1;
    startLow = 1.35003920212974897128e-8;
  }

  // s = (x - start) / (x + start), in two parts.
  const difference = x - start;
  const inverseSum = 1 / (x + start);
  const s = difference * inverseSum;
  const sHigh = Math.fround(s);
  const sumHigh = Math.fround(x + start);
  const sumLow = x - (sumHigh - start);
  const sLow = inverseSum * (difference - sHigh * sumHigh - sHigh * sumLow);

  // log(x / start) = 2 s + 2/3 s³ + …, as (2/3) s (3 + s² + r).
  const square = s * s;
  const r = square * square * logSeries(square) + sLow * (sHigh + s);
  const highSquare = sHigh * sHigh;
  const seriesHigh = Math.fround(3 + highSquare + r);
  const seriesLow = r - (seriesHigh - 3 - highSquare);
  const u = sHigh * seriesHigh;
  const v = sLow * seriesHigh + seriesLow * s;
  const productHigh = Math.fround(u + v);
  const productLow = v - (productHigh - u);

  // times 2 / (3 ln 2), plus the logarithms of start and of 2^n.
  const high = 9.61796700954437255859e-1 * productHigh;
  const low =
    -7.02846165095275826516e-9 * productHigh + productLow * 9.61796693925975554329e-1 + startLow;
  log2High = Math.fround(high + low + startHigh + n);
  log2Low = low - (log2High - n - startHigh - high);
}

function logSeries(square: number): number {
  return (
    5.99999999999994648725e-1 +
    square *
      (4.28571428578550184252e-1 +
        square *
          (3.33333329818377432918e-1 +
            square *
              (2.72728123808534006489e-1 +
                square * (2.30660745775561754067e-1 + square * 2.06975017800338417784e-1))))
  );
}

/** Sine of x [radians], within 1 ulp up to 8e5; beyond that, of a point within half an ulp of x. */
export function sin(x: number): number {
  const quarter = reduce(x);
  const value =
    quarter & 1 ? cosNearZero(remainder, remainderLow) : sinNearZero(remainder, remainderLow);
  return quarter & 2 ? -value : value;
}

/** Cosine of x [radians], as exact as `sin`. */
export function cos(x: number): number {
  const quarter = reduce(x) + 1;
  const value =
    quarter & 1 ? cosNearZero(remainder, remainderLow) : sinNearZero(remainder, remainderLow);
  return quarter & 2 ? -value : value;
}

/** What `reduce` left of its argument, in [-π/4, π/4], as a sum of two Numbers. */
let remainder = 0;
let remainderLow = 0;

const QUARTER_TURN = 1.57079632679489661923;
const MANY_QUARTER_TURNS = 2 ** 19;

/** Takes the nearest whole number of quarter turns off x; answers how many, modulo 4. */
function reduce(x: number): number {
  if (Math.abs(x) <= QUARTER_TURN / 2) {
    remainder = x;
    remainderLow = 0;
    return 0;
  }
  // 2π is not exact, but n times what it lacks stays below half the last place of x.
  if (Math.abs(x) > MANY_QUARTER_TURNS * QUARTER_TURN) x %= 4 * QUARTER_TURN;
  const n = Math.floor(x / QUARTER_TURN + 0.5);
  // π/2 in parts of 33, 33 and 53 bits, so that n times one of the first two is exact.
  const first = x - n * 1.57079632673412561417;
  const second = n * 6.0771005063039659766e-11;
  const afterSecond = first - second;
  const lost = n * 2.02226624879595063154e-21 - (first - afterSecond - second);
  remainder = afterSecond - lost;
  remainderLow = afterSecond - remainder - lost;
  return n & 3;
}

function sinNearZero(x: number, low: number): number {
  const z = x * x;
  const series =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z *
          (2.75573137070700676789e-6 +
            z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  const cube = z * x;
  return x - (z * (0.5 * low - cube * series) - low - cube * -1.66666666666666324348e-1);
}

function cosNearZero(x: number, low: number): number {
  const z = x * x;
  const series =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z *
                (-2.75573143513906633035e-7 +
                  z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const most = 1 - half;
  return most + (1 - most - half + (z * series - x * low));
}
