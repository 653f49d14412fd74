import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { explain, referenceText, schemaText } from "../../src/scenario/reference.ts";

const committed = (name: string) =>
  readFileSync(new URL(`../../scenarios/${name}`, import.meta.url), "utf8");

test("the committed JSON Schema is the one the definitions make", () => {
  expect(schemaText()).toBe(committed("scenario.schema.json"));
});

test("the committed reference is the one the definitions make", () => {
  expect(referenceText()).toBe(committed("REFERENCE.md"));
});

test("a kind is explained with its fields and its source", () => {
  const page = explain("power-of-choices");
  expect(page).toContain("choices: count");
  expect(page).toContain("Mitzenmacher");
});

test("a misspelt kind is met with the one that was meant", () => {
  expect(explain("power-of-choice")).toEqual({ suggestion: "power-of-choices" });
});
