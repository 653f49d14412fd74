/** What an editor says about a scenario, with nothing but the committed JSON Schema. */
import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const folder = new URL("../../scenarios/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");
const validate = new Ajv({
  allowUnionTypes: true,
  strictTypes: false,
  formats: { "date-time": true },
}).compile(JSON.parse(read("scenario.schema.json")) as object);

describe.each(readdirSync(folder).filter((name) => name.endsWith(".yaml")))("%s", (name) => {
  test("satisfies the committed schema", () => {
    validate(parse(read(name)));
    expect(validate.errors).toBeNull();
  });
});

const right = parse(read("mm1.yaml")) as Record<string, unknown>;

test.each([
  ["a field nobody knows", { ...right, sead: "1" }],
  ["a number without its unit", { ...right, run: { duration: 40 } }],
  ["a kind nobody knows", { ...right, faults: [{ kind: "flood", at: "1 min" }] }],
])("%s is refused", (_, scenario) => {
  expect(validate(right)).toBe(true);
  expect(validate(scenario)).toBe(false);
});
