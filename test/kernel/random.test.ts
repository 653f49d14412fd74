import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";

import { Random, stream } from "../../src/kernel/random.ts";

function draws(count: number, draw: () => number): number[] {
  return Array.from({ length: count }, draw);
}

describe("a stream", () => {
  test("is seedrandom's tychei of the same name", () => {
    for (const name of ["", "1/web/service-time", "1111", "双11/edge/keys"]) {
      const ours = new Random(name);
      const theirs = seedrandom.tychei(name);
      for (let i = 0; i < 1000; i++) expect(ours.next()).toBe(theirs());
    }
  });

  test("says the same again under the same name, and something else under another", () => {
    const first = draws(5, () => 0);
    const random = stream("1", "web", "service-time");
    const again = stream("1", "web", "service-time");
    const other = stream("1", "web", "service-timf");
    for (const i of first.keys()) first[i] = random.next();
    expect(first).toEqual(draws(5, () => again.next()));
    expect(first).not.toEqual(draws(5, () => other.next()));
  });

  test("belongs to one seed, owner and purpose, whatever characters they hold", () => {
    const triples: [string, string, string][] = [
      ["1", "a/b", "c"],
      ["1", "a", "b/c"],
      ["1/a", "b", "c"],
      ["1", "a%2Fb", "c"],
      ["1", "a%252Fb", "c"],
      ["1", "ab", "c"],
      ["1", "a2Fb", "c"],
      ["", "1/a", "b/c"],
      ["1", "a/b/c", ""],
    ];
    const openings = triples.map((triple) => {
      const random = stream(...triple);
      return draws(4, () => random.next()).join(" ");
    });
    expect(new Set(openings).size).toBe(triples.length);
  });
});

describe("streams with similar names", () => {
  const openings = Array.from({ length: 10_000 }, (_, i) => new Random(`1/svc/${i}`).next());

  test("open with numbers that are uniform together", () => {
    const cells = new Array<number>(100).fill(0);
    for (const opening of openings) cells[Math.floor(opening * 100)]!++;
    const chiSquare = cells.reduce((sum, cell) => sum + (cell - 100) ** 2 / 100, 0);
    // 99 degrees of freedom: 99.9 % of samples lie between 60.6 and 148.2 (chi-square table).
    expect(chiSquare).toBeGreaterThan(60);
    expect(chiSquare).toBeLessThan(149);
  });

  test("open with numbers that do not follow from their neighbour's", () => {
    let products = 0;
    for (let i = 1; i < openings.length; i++) {
      products += (openings[i - 1]! - 0.5) * (openings[i]! - 0.5) * 12;
    }
    // The correlation of independent draws is normal with deviation 1/sqrt(n).
    expect(Math.abs(products / openings.length)).toBeLessThan(3.3 / 100);
  });
});

describe("a whole number below n", () => {
  test("takes every value equally often", () => {
    const random = new Random("below");
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 70_000; i++) counts[random.below(7)]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.5); // 6 degrees of freedom, 99.9 %
  });

  test("is 0 below 1, and stays below the largest n", () => {
    const random = new Random("below");
    expect(random.below(1)).toBe(0);
    const large = draws(1000, () => random.below(2 ** 32));
    expect(Math.max(...large)).toBeLessThan(2 ** 32);
    expect(Math.max(...large)).toBeGreaterThan(2 ** 31);
    expect(large.every(Number.isInteger)).toBe(true);
  });
});

const COUNT = 400_000;

/** 3.3 standard deviations hold 99.9 % of all means. */
function expectMean(values: readonly number[], mean: number, deviation: number): void {
  const found = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(found - mean)).toBeLessThan((3.3 * deviation) / Math.sqrt(values.length));
}

/** The share of draws beyond a point is the probability of it, to 3.3 standard deviations. */
function expectShare(values: readonly number[], isIn: (x: number) => boolean, share: number): void {
  const indicators = values.map((value) => (isIn(value) ? 1 : 0));
  expectMean(indicators, share, Math.sqrt(share * (1 - share)));
}

describe("an exponential draw", () => {
  const random = new Random("exponential");
  const values = draws(COUNT, () => random.exponential());

  test("has mean 1, variance 1 and third moment 6", () => {
    // The variance of x^k is (2k)! - (k!)^2.
    expectMean(values, 1, 1);
    expectMean(
      values.map((x) => x ** 2),
      2,
      Math.sqrt(24 - 4),
    );
    expectMean(
      values.map((x) => x ** 3),
      6,
      Math.sqrt(720 - 36),
    );
  });

  test("exceeds x with probability e^-x, in the body and in the tail beyond 7.7", () => {
    for (const x of [0.01, 0.1, 0.5, 1, 2, 4, 6, 7.7, 9]) {
      expectShare(values, (value) => value > x, Math.exp(-x));
    }
  });

  test("does not follow from the draw before", () => {
    const products = values.slice(1).map((value, i) => (value - 1) * (values[i]! - 1));
    expectMean(products, 0, 1);
  });
});

describe("a normal draw", () => {
  const random = new Random("normal");
  const values = draws(COUNT, () => random.normal());

  test("has moments 0, 1, 0 and 3", () => {
    expectMean(values, 0, 1);
    expectMean(
      values.map((x) => x ** 2),
      1,
      Math.sqrt(2),
    );
    expectMean(
      values.map((x) => x ** 3),
      0,
      Math.sqrt(15),
    );
    expectMean(
      values.map((x) => x ** 4),
      3,
      Math.sqrt(105 - 9),
    );
  });

  test("lies below x as often as the table of the normal distribution says", () => {
    const table: [number, number][] = [
      [-3.6541528853610088, 0.000129013],
      [-2, 0.0227501],
      [-1, 0.1586553],
      [-0.1, 0.4601722],
      [0, 0.5],
      [0.5, 0.6914625],
      [1.5, 0.9331928],
      [3, 0.9986501],
    ];
    for (const [x, share] of table) expectShare(values, (value) => value < x, share);
  });

  test("lies within 0.1 as often as the table says, where the layers fit the curve worst", () => {
    const random = new Random("middle");
    const count = 10_000_000;
    let inside = 0;
    for (let i = 0; i < count; i++) if (Math.abs(random.normal()) < 0.1) inside++;
    const share = 0.0796557;
    const deviation = Math.sqrt((share * (1 - share)) / count);
    expect(Math.abs(inside / count - share)).toBeLessThan(3.3 * deviation);
  });

  test("reaches into the tail beyond the last layer", () => {
    expect(Math.max(...values.slice(0, 100_000))).toBeGreaterThan(3.66);
    expect(Math.min(...values.slice(0, 100_000))).toBeLessThan(-3.66);
  });
});
