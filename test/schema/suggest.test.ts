import { expect, test } from "vitest";
import { didYouMean } from "../../src/schema/suggest.ts";

const balancers = ["round-robin", "random", "least-connections", "power-of-choices"];

test.each([
  ["least-conn", "least-connections"],
  ["randon", "random"],
  ["radnom", "random"],
  ["roundRobin", "round-robin"],
  ["Round_Robin", "round-robin"],
  ["power-of-choice", "power-of-choices"],
])("%s means %s", (word, meant) => {
  expect(didYouMean(word, balancers)).toBe(meant);
});

test("a word unlike all others means nothing", () => {
  expect(didYouMean("kubernetes", balancers)).toBeUndefined();
  expect(didYouMean("x".repeat(1_000_000), balancers)).toBeUndefined();
  expect(didYouMean("", balancers)).toBeUndefined();
});

test("two neighbours swapped are one mistake, not two", () => {
  expect(didYouMean("fall", ["flal"])).toBe("flal");
});

test("among equally near words the one with the same first letter wins", () => {
  expect(didYouMean("rate", ["date", "race"])).toBe("race");
});
