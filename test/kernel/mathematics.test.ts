import { describe, expect, test } from "vitest";

import { cos, exp, log, power, sin } from "../../src/kernel/mathematics.ts";
import { Random } from "../../src/kernel/random.ts";

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** Where a Number stands among all Numbers, in order of size. */
function rank(x: number): bigint {
  float[0] = x;
  return bits[0]! >= 0n ? bits[0]! : -(bits[0]! & 0x7fffffffffffffffn);
}

/** How many Numbers apart two results are [units in the last place]. */
function ulps(x: number, y: number): number {
  if (Object.is(x, y)) return 0;
  const distance = Number(rank(x) - rank(y));
  return Math.abs(distance);
}

/** Any positive Number, subnormal ones included, each exponent as likely as another. */
function anySize(random: Random): number {
  bits[0] = BigInt(random.below(0x7ff)) << 52n;
  return float[0]! * (1 + random.next()) || random.next() * 2 ** -1022;
}

function between(low: number, high: number) {
  return (random: Random) => low + random.next() * (high - low);
}

function worst(
  count: number,
  draw: (random: Random) => number[],
  ours: (...xs: number[]) => number,
  reference: (...xs: number[]) => number,
): number {
  const random = new Random("mathematics");
  let result = 0;
  for (let i = 0; i < count; i++) {
    const xs = draw(random);
    result = Math.max(result, ulps(ours(...xs), reference(...xs)));
  }
  return result;
}

const COUNT = 40_000;

describe("within one unit in the last place of Math", () => {
  type Function = [string, (x: number) => number, (x: number) => number];
  const cases: [Function, [string, (random: Random) => number][]][] = [
    [
      ["log", log, Math.log],
      [
        ["numbers of any size", anySize],
        ["numbers around 1", between(0.4, 2.5)],
        ["numbers very near 1", between(1 - 1e-9, 1 + 1e-9)],
      ],
    ],
    [
      ["exp", exp, Math.exp],
      [
        ["exponents with a finite result", between(-745, 709.7)],
        ["small exponents", between(-1, 1)],
        ["tiny exponents", between(-1e-12, 1e-12)],
      ],
    ],
    [
      ["sin", sin, Math.sin],
      [
        ["a few turns", between(-20, 20)],
        ["a hundred thousand turns", between(-8e5, 8e5)],
      ],
    ],
    [
      ["cos", cos, Math.cos],
      [
        ["a few turns", between(-20, 20)],
        ["a hundred thousand turns", between(-8e5, 8e5)],
      ],
    ],
  ];
  for (const [[name, ours, reference], ranges] of cases) {
    for (const [range, draw] of ranges) {
      test(`${name} is, for ${range}`, () => {
        expect(worst(COUNT, (random) => [draw(random)], ours, reference)).toBeLessThanOrEqual(1);
      });
    }
  }

  test("power is, for bases and exponents of ordinary size", () => {
    const draw = (random: Random) => [random.next() * 50, (random.next() - 0.5) * 40];
    expect(worst(COUNT, draw, power, Math.pow)).toBeLessThanOrEqual(1);
  });

  test("power is, for bases of any size", () => {
    const draw = (random: Random) => [anySize(random), (random.next() - 0.5) * 2];
    expect(worst(COUNT, draw, power, Math.pow)).toBeLessThanOrEqual(1);
  });

  test("power is, for bases near 1 and exponents in the thousands", () => {
    const draw = (random: Random) => [0.99 + random.next() / 50, (random.next() - 0.5) * 5e4];
    expect(worst(COUNT, draw, power, Math.pow)).toBeLessThanOrEqual(1);
  });

  test("sine and cosine are, at the Numbers nearest to whole quarter turns", () => {
    // Of all Numbers below 8e5 these leave the smallest share of themselves: 2^-73 to 2^-70.
    for (const x of [321307.9594422229, 413441.44719405076, 505574.93494587863]) {
      expect(ulps(cos(x), Math.cos(x))).toBeLessThanOrEqual(1);
    }
    expect(ulps(sin(642615.9188844458), Math.sin(642615.9188844458))).toBeLessThanOrEqual(1);
    for (const turns of [1, 2, 113, 355, 51_819, 104_348]) {
      expect(ulps(sin(turns * Math.PI), Math.sin(turns * Math.PI))).toBeLessThanOrEqual(1);
    }
  });
});

describe("at the edges", () => {
  test("log", () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(-Infinity);
    expect(log(-1)).toBe(NaN);
    expect(log(NaN)).toBe(NaN);
    expect(log(Infinity)).toBe(Infinity);
    expect(ulps(log(5e-324), -744.4400719213812)).toBeLessThanOrEqual(1);
    expect(ulps(log(Number.MAX_VALUE), 709.782712893384)).toBeLessThanOrEqual(1);
  });

  test("exp", () => {
    expect(exp(0)).toBe(1);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(NaN)).toBe(NaN);
    expect(exp(709.79)).toBe(Infinity);
    expect(exp(-745.14)).toBe(0);
    expect(exp(-745.13)).toBe(5e-324);
    expect(ulps(exp(1), Math.E)).toBeLessThanOrEqual(1);
  });

  test("sine and cosine", () => {
    for (const x of [Infinity, -Infinity, NaN]) {
      expect(sin(x)).toBe(NaN);
      expect(cos(x)).toBe(NaN);
    }
    expect(sin(0)).toBe(0);
    expect(sin(-0)).toBe(-0);
    expect(cos(0)).toBe(1);
    expect(sin(5e-324)).toBe(5e-324);
  });

  test("sine and cosine of huge arguments are those of a point within half their last place", () => {
    // An ulp of 10^9 is 1.2e-7.
    expect(Math.abs(sin(1e9) - Math.sin(1e9))).toBeLessThan(6e-8);
    expect(Math.abs(cos(-1e9) - Math.cos(-1e9))).toBeLessThan(6e-8);
    for (const x of [1e16, -1e22, Number.MAX_VALUE]) {
      expect(sin(x) ** 2 + cos(x) ** 2).toBeCloseTo(1, 14);
    }
  });

  test("power treats every special pair as Math.pow does", () => {
    const bases = [0, -0, 1, -1, 2, -2, 0.5, -0.5, Infinity, -Infinity, NaN, 5e-324, 1e308];
    const exponents = [0, -0, 1, -1, 2, -3, 0.5, -0.5, 1e300, -1e300, 1e19, Infinity, -Infinity];
    for (const base of bases) {
      for (const exponent of [...exponents, NaN, 2 ** 53 - 1, 2 ** 65]) {
        const expected = Math.pow(base, exponent);
        const distance = ulps(power(base, exponent), expected);
        expect(distance, `${base} to the power ${exponent}`).toBeLessThanOrEqual(1);
      }
    }
  });

  test("whole powers are exact where the result is a Number", () => {
    expect(power(3, 20)).toBe(3486784401);
    expect(power(10, 22)).toBe(1e22);
    expect(power(2, -1074)).toBe(5e-324);
    expect(power(2, 1023)).toBe(2 ** 1023);
  });
});

test("every machine gives the same bits", () => {
  const random = new Random("bits");
  let hash = 0;
  const add = (result: number): void => {
    float[0] = result;
    for (const word of new Int32Array(float.buffer)) {
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
  };
  for (let i = 0; i < 50_000; i++) {
    const x = anySize(random);
    const y = (random.next() - 0.5) * 1000;
    for (const result of [log(x), exp(y), sin(y), cos(y), power(x, random.next() - 0.5)]) {
      add(result);
    }
  }
  // What Node 20 on x64 gave; any other machine must give it too.
  expect((hash >>> 0).toString(16)).toBe("47701bab");
});
