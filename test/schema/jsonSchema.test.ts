import { expect, test } from "vitest";
import { jsonSchemaOf, PATTERNS } from "../../src/schema/jsonSchema.ts";
import { exampleLanguage } from "./exampleLanguage.ts";

const schema = jsonSchemaOf(exampleLanguage, { id: "https://example.org/s.json", title: "Test" });

test("the schema is draft 7, named, and closed to unknown fields", () => {
  expect(schema).toMatchObject({
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://example.org/s.json",
    title: "Test",
    additionalProperties: false,
    required: ["run", "rate", "parts"],
  });
});

test("a quantity says its words, its range in users' units, its default and examples", () => {
  expect(schema).toMatchObject({
    properties: {
      run: {
        properties: {
          duration: {
            description:
              "How long to simulate. Write a duration such as 50 ms, 2 s or 1h30m (at least 1 s).",
            examples: ["50 ms", "2 s", "1h30m"],
            allOf: [{ $ref: "#/definitions/quantity-duration" }],
          },
          replications: { minimum: 1, default: 1 },
        },
      },
    },
    definitions: {
      "quantity-count": { type: ["integer", "string"], minimum: 0 },
      balancer: { oneOf: [{}, {}, { properties: { choices: { default: 2, maximum: 16 } } }] },
    },
  });
});

test("defaults in users' words stay in users' words", () => {
  expect(JSON.stringify(schema)).toContain('"default":"2 s"');
});

test("a family stands once, its fields refer to it, and none of our own notes are left", () => {
  const text = JSON.stringify(schema);
  expect(text).toContain('"$ref":"#/definitions/balancer"');
  expect(text.match(/Draws a few backends/g)).toHaveLength(1);
  for (const note of ['"quantity":', '"family":', '"min":', '"max":'])
    expect(text).not.toContain(note);
});

test.each([
  [PATTERNS.duration, ["5m", "1h30m", "1 h 30 min", "50 µs", "1.5 h", "0"], ["5", "5 GB", "soon"]],
  [PATTERNS.rate, ["24k rps", "1000/s", "50/min", "3 per hour", "10 req/s", "0"], ["5m", "800"]],
  [PATTERNS.bytes, ["512 MiB", "512Mi", "1 GB", "10 Gb"], ["512", "5 s"]],
  [PATTERNS.share, ["80 %", "99.95%"], ["80", "0.8"]],
  [PATTERNS.count, ["200k", "60k items", "1.5M"], ["5m", "-1", "ten"]],
  [PATTERNS.money, ["38 USD", "1.2M EUR"], ["38", "$38", "38 usd"]],
  [PATTERNS.price, ["0.34 USD/hour", "250 USD/month", "1 USD per day"], ["1 USD", "5/hour"]],
])("the pattern %s takes what the reader takes", (pattern, right, wrong) => {
  const regex = new RegExp(pattern, "u");
  expect(right.filter((text) => !regex.test(text))).toEqual([]);
  expect(wrong.filter((text) => regex.test(text))).toEqual([]);
});
