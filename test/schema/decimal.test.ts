import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal, over, shifted, times, toNumber, toWhole } from "../../src/schema/decimal.ts";

test("decimal text becomes the double JavaScript itself would read", () => {
  const digits = fc.bigInt({ min: 0n, max: 10n ** 30n });
  const exponent = fc.integer({ min: -40, max: 40 });
  fc.assert(
    fc.property(digits, exponent, (mantissa, power) => {
      const text = `${mantissa}e${power}`;
      expect(toNumber(decimal(text))).toBe(Number(text));
    }),
    { seed: 11, numRuns: 500 },
  );
});

test("a value a hair above the middle of two doubles is rounded up", () => {
  const middle = "9007199254740993";
  expect(toNumber(decimal(middle))).toBe(9007199254740992);
  expect(toNumber(decimal(`${middle}.00000000000000000000000001`))).toBe(9007199254740994);
});

test("thirds and sevenths are rounded once, as a division of doubles rounds", () => {
  expect(toNumber(over(decimal("1"), decimal("3")))).toBe(1 / 3);
  expect(toNumber(over(times(decimal("2"), decimal("5")), decimal("7")))).toBe(10 / 7);
});

test("whole numbers are the nearest, halves upwards", () => {
  expect(["2.4", "2.5", "2.6"].map((text) => toWhole(decimal(text)))).toEqual([2n, 3n, 3n]);
});

test.each([
  [0.8, 2, "80"],
  [0.9995, 2, "99.95"],
  [24000, -3, "24"],
  [5, -3, "0.005"],
  [1e-7, 2, "0.00001"],
  [1e21, 0, "1000000000000000000000"],
  [0, 2, "0"],
])("%d moved by %d places is %s", (value, places, text) => {
  expect(shifted(value, places)).toBe(text);
});
