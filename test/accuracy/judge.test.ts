/** The judge itself: it sees what is wrong, and only that. */
import { expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { biasOf, isFair, signTest } from "./bias.ts";
import { check, judge, type Verdict } from "./judge.ts";
import { reading } from "./readings.ts";

const random = new Random("judge");
const normals = (count: number, mean: number) =>
  Array.from({ length: count }, () => mean + random.normal());
const exact = reading("a number", () => 0);

test("the mean of twenty runs agrees with the truth and not with what is two off", () => {
  const values = normals(20, 10);
  expect(judge([exact, 10], values)).toMatchObject({ agrees: true, runs: 20 });
  expect(judge([exact, 12], values)).toMatchObject({ agrees: false });
  expect(judge([exact, 12, 0.2], values)).toMatchObject({ agrees: true, z: null });
});

test("a trace must give the very number", () => {
  expect(judge([exact, 2.45], [2.45]).agrees).toBe(true);
  expect(judge([exact, 2.45], [2.450001]).agrees).toBe(false);
  expect(judge([exact, 0], [1e-12]).agrees).toBe(false);
});

test("a list must be the very list, a number with room may be off by that much", () => {
  expect(check(["sizes", [1, 2], [1, 2]]).agrees).toBe(true);
  expect(check(["sizes", [1, 2], [1, 3]]).agrees).toBe(false);
  expect(check(["share", 0.67, 0.66, 0.02]).agrees).toBe(true);
  expect(check(["share", 0.69, 0.66, 0.02]).agrees).toBe(false);
});

// The scores of true claims are standard normal whatever the number of runs.
test("scores of true claims have mean 0 and deviation 1; of claims that are half an error low they do not", () => {
  const verdicts = (off: number): Verdict[] =>
    Array.from({ length: 400 }, (_, n) => ({
      family: "made up",
      of: { id: `case-${n}`, what: "", source: "", worked: () => [] },
      findings: [judge([exact, 10 - off], normals(10, 10))],
      again: null,
    }));
  const fair = biasOf(verdicts(0));
  expect(Math.abs(fair.mean)).toBeLessThan(3.3 / Math.sqrt(400));
  expect(Math.abs(fair.deviation - 1)).toBeLessThan(3.3 / Math.sqrt(800));
  expect(isFair(fair)).toBe(true);
  const leaning = biasOf(verdicts(0.5 / Math.sqrt(10)));
  expect(leaning.above).toBeGreaterThan(leaning.below);
  expect(isFair(leaning)).toBe(false);
});

test("the sign test is the binomial law", () => {
  // Of 10 tosses 2 or fewer on one side: (1 + 10 + 45) / 1024, twice.
  expect(signTest(8, 2)).toBeCloseTo(112 / 1024, 12);
  expect(signTest(2, 8)).toBeCloseTo(112 / 1024, 12);
  expect(signTest(5, 5)).toBe(1);
});
