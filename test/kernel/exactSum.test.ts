import fc from "fast-check";
import { expect, test } from "vitest";
import { ExactSum } from "../../src/kernel/exactSum.ts";

/** Instants of a run of up to 100 days, and what is subtracted from them [ns]. */
const whole = fc.oneof(
  fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
  fc.integer({ min: -1000, max: 1000 }),
  fc.constantFrom(2 ** 48, -(2 ** 48), 2 ** 52, -(2 ** 52), 8.64e15),
);

/** The nearest double to the sum, by whole numbers of any size. */
function exactly(numbers: readonly number[]): number {
  return Number(numbers.reduce((sum, number) => sum + BigInt(number), 0n));
}

test("is rounded once, whatever was added in whatever order", () => {
  const property = fc.property(fc.array(whole, { maxLength: 300 }), (numbers) => {
    const sum = new ExactSum();
    for (const number of numbers) sum.add(number);
    expect(sum.value).toBe(exactly(numbers));
    sum.reset();
    for (const number of numbers.toReversed()) sum.add(number);
    expect(sum.value).toBe(exactly(numbers));
  });
  fc.assert(property, { seed: 48, numRuns: 200 });
});

test("a double would be wrong by thousands of nanoseconds", () => {
  const sum = new ExactSum();
  let rounded = 0;
  for (let k = 0; k < 1e5; k++) {
    sum.add(3.6e15 + k);
    rounded += 3.6e15 + k;
  }
  const right = 3_600_000_000_000_000n * 100_000n + (100_000n * 99_999n) / 2n;
  expect(sum.value).toBe(Number(right));
  expect(Math.abs(rounded - Number(right))).toBeGreaterThan(1000);
});

test("a count of instants is added as one product", () => {
  const count = fc.integer({ min: -(2 ** 24), max: 2 ** 24 });
  const instant = fc.integer({ min: 0, max: 2 ** 53 - 1 });
  const property = fc.property(whole, count, instant, (before, times, time) => {
    const sum = new ExactSum();
    sum.add(before);
    sum.addProduct(times, time);
    expect(sum.value).toBe(Number(BigInt(before) + BigInt(times) * BigInt(time)));
  });
  fc.assert(property, { seed: 24, numRuns: 500 });
});

test("sums are added to sums, and taken away again", () => {
  const numbers = fc.array(whole, { maxLength: 40 });
  const property = fc.property(numbers, numbers, (some, others) => {
    const [sum, other] = [new ExactSum(), new ExactSum()];
    for (const number of some) sum.add(number);
    for (const number of others) other.add(number);
    sum.addSum(other);
    expect(sum.value).toBe(exactly([...some, ...others]));
    sum.subtractSum(other);
    expect(sum.value).toBe(exactly(some));
  });
  fc.assert(property, { seed: 53, numRuns: 200 });
});

test("a number of any size is added as it is", () => {
  const sum = new ExactSum();
  sum.add(12_345);
  sum.addLarge(2 ** 70);
  sum.addLarge(-(2 ** 70));
  expect(sum.value).toBe(12_345);
});

test("a column whose own sum is too large for a double is added one by one", () => {
  const column = Float64Array.from({ length: 64 }, (_, k) => 2 ** 50 + k);
  const rounded = column.reduce((sum, number) => sum + number, 0);
  const sum = new ExactSum();
  sum.addAll(column, 63, rounded - column[63]!);
  expect(sum.value).toBe(exactly([...column.subarray(0, 63)]));
  sum.reset();
  sum.addAll(Float64Array.of(3, 4, 100), 2, 7);
  expect(sum.value).toBe(7);
});
