import { expect, test } from "vitest";

import { assert, BrokenInvariant } from "../../src/kernel/assert.ts";

test("what holds passes, without building the message", () => {
  assert(1 + 1 === 2, () => {
    throw new Error("built");
  });
});

test("what does not hold says what should have", () => {
  expect(() => assert(false, "a call resolves once")).toThrow(
    new BrokenInvariant("a call resolves once"),
  );
  expect(() => assert(undefined, () => `${3} slots`)).toThrow(new BrokenInvariant("3 slots"));
});

test("a broken invariant goes by its own name", () => {
  expect(String(new BrokenInvariant("a call resolves once"))).toBe(
    "BrokenInvariant: a call resolves once",
  );
});
