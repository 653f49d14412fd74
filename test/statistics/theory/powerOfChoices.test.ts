import { expect, test } from "vitest";
import { powerOfChoices } from "../../../src/statistics/theory/index.ts";

test("one choice is M/M/1", () => {
  expect(powerOfChoices({ utilisation: 0.9, choices: 1 })).toBeCloseTo(10, 12);
});

test("two choices at one half: 1 + 1/4 + 1/64 + 1/16384 + …", () => {
  const series = 1 + 2 ** -2 + 2 ** -6 + 2 ** -14 + 2 ** -30;
  expect(powerOfChoices({ utilisation: 0.5, choices: 2 })).toBeCloseTo(series, 14);
});

test("two and three choices at 90 % stay 2.614 and 2.028 service times instead of ten", () => {
  const sum = (exponents: readonly number[]) =>
    exponents.reduce((total, exponent) => total + 0.9 ** exponent, 0);
  const two = powerOfChoices({ utilisation: 0.9, choices: 2 });
  expect(two).toBeCloseTo(sum([0, 2, 6, 14, 30, 62, 126, 254]), 11);
  expect(two).toBeCloseTo(2.614, 3);
  const three = powerOfChoices({ utilisation: 0.9, choices: 3 });
  expect(three).toBeCloseTo(sum([0, 3, 12, 39, 120, 363]), 12);
  expect(three).toBeCloseTo(2.028, 3);
});
