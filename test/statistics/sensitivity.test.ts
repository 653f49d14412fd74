import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { mainEffects, rankRegression, ranks } from "../../src/statistics/sensitivity.ts";

const square = [0, 1].flatMap((a) => [0, 1].map((b) => [a, b]));

describe("main effects on a grid", () => {
  test("of a sum share its variance by the squares of its slopes", () => {
    const { shares, rest } = mainEffects(
      square,
      square.map(([a, b]) => 3 * a! + b!),
    );
    expect(shares[0]).toBeCloseTo(0.9, 12); // 9 of 9 + 1
    expect(shares[1]).toBeCloseTo(0.1, 12);
    expect(rest).toBeCloseTo(0, 12);
  });

  test("of what only works together are nothing", () => {
    const { shares, rest } = mainEffects(
      square,
      square.map(([a, b]) => (a === b ? 1 : 0)),
    );
    expect([...shares, rest]).toEqual([0, 0, 1]);
  });

  test("of what never changes are nothing at all", () => {
    expect(mainEffects(square, [2, 2, 2, 2])).toEqual({ shares: [0, 0], rest: 0 });
  });
});

describe("a regression of ranks", () => {
  const random = new Random("sensitivity");
  const inputs = Array.from({ length: 200 }, () => [random.next(), random.next(), 7]);

  test("sees through a curve that only rises, and past inputs that do nothing", () => {
    const { shares, rest } = rankRegression(
      inputs,
      inputs.map(([a]) => a! * a! * a!),
    );
    expect(shares[0]).toBeCloseTo(1, 9);
    expect(shares[1]).toBeCloseTo(0, 9);
    expect(shares[2]).toBe(0);
    expect(rest).toBeCloseTo(0, 9);
  });

  test("leaves what is noise", () => {
    const { rest } = rankRegression(
      inputs,
      inputs.map(() => random.normal()),
    );
    expect(rest).toBeGreaterThan(0.9);
  });
});

test("equal values share the mean of their ranks", () => {
  expect(ranks([5, 1, 5, 9])).toEqual([2.5, 1, 2.5, 4]);
});
