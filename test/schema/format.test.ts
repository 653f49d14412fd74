import fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod";
import { bytes, count, duration, money, price, rate, share } from "../../src/schema/fields.ts";
import { formatBytes, formatDuration, formatRate, formatShare } from "../../src/schema/format.ts";

test.each([
  [300_000_000_000, "5 min"],
  [5_400_000_000_000, "90 min"],
  [172_800_000_000_000, "2 d"],
  [1_100_000_000, "1100 ms"],
  [1, "1 ns"],
  [0, "0 ns"],
])("%d ns are written %s", (nanoseconds, text) => {
  expect(formatDuration(nanoseconds)).toBe(text);
});

test("each quantity takes the largest unit that says it exactly", () => {
  expect(formatBytes(536870912)).toBe("512 MiB");
  expect(formatBytes(1500)).toBe("1500 B");
  expect(formatRate(24000)).toBe("24k rps");
  expect(formatRate(24500)).toBe("24500 rps");
  expect(formatRate(0.5)).toBe("0.5 rps");
  expect(formatShare(0.9995)).toBe("99.95 %");
  expect(formatShare(0.07)).toBe("7 %");
});

/** What is written for a value reads as that value again. */
function returns(schema: z.ZodType, values: fc.Arbitrary<unknown>) {
  const property = fc.property(values, (value) => {
    expect(schema.decode(schema.encode(value as never) as never)).toEqual(value);
  });
  fc.assert(property, { seed: 11, numRuns: 300 });
}

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true }).filter(notMinus);
const notMinus = (value: number) => !Object.is(value, -0);

test("reading what was written gives the same value back", () => {
  returns(duration("x"), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
  returns(
    duration("x"),
    fc.nat({ max: 100_000 }).map((minutes) => minutes * 60e9),
  );
  returns(bytes("x"), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
  returns(rate("x"), double(1e-12, 1e15));
  returns(share("x"), double(1e-12, 1));
  returns(count("x"), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
  const decimals = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 99 }));
  const amounts = decimals.map(([whole, part]) => String(Number(`${whole}.${part}`)));
  returns(money("x"), fc.record({ amount: amounts, currency: fc.constantFrom("USD", "CNY") }));
  returns(price("x"), fc.record({ perHour: double(1e-9, 1e6), currency: fc.constant("EUR") }));
});
