import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { fileSchema } from "../../src/scenario/language.ts";
import { everyField, exampleOf } from "../../src/schema/fieldPages.ts";
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

test.each([
  ["journey", ["field of workloads.*)", "abandon.chance: share, 0 % to 100 %, default 100 %"]],
  ["users", ["think: duration or distribution, default 0 s", "users: { count: 200"]],
  ["hedge", ["call (step)", "copies: count, 2 to 10, default 2", "    hedge: { after: p99 }"]],
  ["bloom-filter", ["field of cache (part))"]],
  ["keys", ["popularity law, optional", "zipf", "items: 12 }"]],
  ["cancellation", ["Written as none, propagate, optional.", "    cancellation: propagate"]],
  ["attack", ["Written as true or false, default false.", "    attack: true"]],
])("the field %s is explained with what is in it and an example", (word, expected) => {
  for (const each of expected) expect(explain(word)).toContain(each);
});

test.each([
  ...["reload", "dns", "links", "warm-up", "pauses", "early-refresh", "population", "connections"],
  ...["queue", "health-check", "retry", "mix"],
])("the field %s has a page", (word) => {
  expect(explain(word)).toContain(`${word} (field of `);
});

test.each([
  ["leastconn", "least-connections"],
  ["jurney", "journey"],
  ["healthcheck", "health-check"],
])("%s is met with %s", (word, suggestion) => {
  expect(explain(word)).toEqual({ suggestion });
});

test("every example of a field is YAML that the field accepts; few have none", () => {
  const fields = everyField([fileSchema]);
  const examples = fields.map(({ name, field }) => ({ name, field, text: exampleOf(field) }));
  const shown = examples.filter(({ text }) => text !== undefined);
  const wrong = shown.filter(({ field, text }) => !field.safeParse(parse(text!)).success);
  expect(wrong.map(({ name, text }) => `${name}: ${text}`)).toEqual([]);
  expect(shown.length).toBeGreaterThan(fields.length * 0.95);
});
