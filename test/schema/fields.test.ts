import { expect, test } from "vitest";
import { z } from "zod";
import { count, duration, factor, name, price, share } from "../../src/schema/fields.ts";

test("a default may be written in users' words", () => {
  const schema = z.strictObject({ timeout: duration("How long.").prefault("2 s") });
  expect(schema.parse({})).toEqual({ timeout: 2e9 });
});

test("a decoded map is written back in users' words", () => {
  const schema = z.strictObject({
    timeout: duration("How long."),
    hit: share("How often."),
    price: price("How dear."),
    slots: count("How many."),
    spread: factor("How wild.").optional(),
  });
  const written = {
    timeout: "5 min",
    hit: "80 %",
    price: "0.34 USD/hour",
    slots: 16,
    spread: 1.5,
  };
  expect(schema.encode(schema.decode(written))).toEqual(written);
});

test("a range holds at both its ends", () => {
  const slots = count("Slots.", { min: 1, max: 4 });
  expect([0, 1, 4, 5].map((value) => slots.safeParse(value).success)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  const growth = share("Growth.", { max: 4 });
  expect(["400 %", "401 %"].map((value) => growth.safeParse(value).success)).toEqual([true, false]);
});

test("a factor is a finite number and nothing else", () => {
  const schema = factor("Spread.");
  expect([1.5, -2, 0].every((value) => schema.safeParse(value).success)).toBe(true);
  expect(["1.5", Infinity, NaN, null].some((value) => schema.safeParse(value).success)).toBe(false);
});

test("a name begins with a letter, so that maps keep the order they were written in", () => {
  const schema = name("A part.");
  expect(["web", "Web_2-a"].every((value) => schema.safeParse(value).success)).toBe(true);
  const wrong = ["1", "1st", "a.b", "", "__proto__", "x".repeat(65), "a b"];
  expect(wrong.some((value) => schema.safeParse(value).success)).toBe(false);
});
