import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { batch } from "../../../src/model/arrivals/batch.ts";
import { batchSizeSchema } from "../../../src/model/batches/index.ts";
import { arrivalsOf, instantsOf } from "../../support/arrivals.ts";
import { expectCounts } from "../../support/dispersion.ts";

test("the members of a batch arrive at the same instant", () => {
  const written = { kind: "batch", of: { kind: "deterministic", rate: "1 rps" }, size: 3 };
  const instants = instantsOf(arrivalsOf(written, "threes"), 2 * SECOND);
  expect(instants).toEqual([1, 1, 1, 2, 2, 2].map((time) => time * SECOND));
});

// Of a compound Poisson process: mean λ E[X] t, variance / mean E[X²] / E[X]; geometric with mean m
// has E[X²] = 2m² - m.
test.each([
  { size: { kind: "geometric", mean: 4 }, mean: 4, square: 28 },
  { size: { kind: "uniform", from: 1, to: 5 }, mean: 3, square: 11 },
  { size: { kind: "listed", sizes: [["70 %", 1], ["30 %", 9]] }, mean: 3.4, square: 25 },
])("counts of Poisson batches of $size have the moments of a compound", ({ size, mean, square }) => {
  const written = { kind: "batch", of: { rate: "50 rps" }, size };
  expectCounts(written, { from: 0, until: 4 }, { mean: 200 * mean, dispersion: square / mean });
}); // prettier-ignore

test("mistakes inside are told with their path", () => {
  const size = { kind: "uniform", from: 5, to: 2 };
  const spec = batch.schema.parse({ kind: "batch", of: { rate: "1 rps" }, size });
  expect(batch.check!(spec)).toEqual([
    { path: ["size", "to"], message: "the most is less than the least" },
  ]);
});

test("listed sizes have shares that add up, and a size alone is written back as one", () => {
  const listed = (...sizes: [string, number][]) =>
    batchSizeSchema.safeParse({ kind: "listed", sizes }).success;
  expect(listed(["70 %", 1], ["30 %", 9])).toBe(true);
  expect(listed(["70 %", 1], ["29.9 %", 9])).toBe(false);
  expect(listed(["70 %", 1], ["30.1 %", 9])).toBe(false);
  expect(batchSizeSchema.encode(batchSizeSchema.parse(6))).toBe(6);
});
