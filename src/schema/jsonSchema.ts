/**
 * The language as JSON Schema (draft 7), for completion and checks in editors.
 *
 * Derived from the same fields as everything else. It is a little more lenient than the check
 * itself; where a quantity is expected it says its unit, range and examples.
 */
import { z } from "zod";
import { BILLING_UNITS, COUNT_WORDS, CURRENCIES, DATA_UNITS } from "./units.ts";
import { RATE_WORDS, TIME_UNITS } from "./units.ts";
import { EXPECTED, type QuantityName } from "./quantity.ts";
import { metaField, rangeOf, usualValue, type Meta } from "./walk.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

interface About {
  readonly id: string;
  readonly title: string;
}

/** The JSON Schema of a document that a program writes, as plain data with a stable order of keys. */
export function documentSchemaOf(root: z.ZodType, { id, title }: About): object {
  const { $schema, ...rest } = z.toJSONSchema(root, { io: "output", target: "draft-7" });
  return { $schema, $id: id, title, ...rest };
}

/** The JSON Schema of a language, as plain data with a stable order of keys. */
export function jsonSchemaOf(root: z.ZodType, about: About): object {
  const { $schema, definitions, ...rest } = z.toJSONSchema(root, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => rewrite(jsonSchema, zodSchema as unknown as z.ZodType),
  });
  return {
    $schema,
    $id: about.id,
    title: about.title,
    ...rest,
    definitions: { ...QUANTITIES, ...(definitions as object | undefined) },
  };
}

/** Replaces our own notes on a field by words and references that editors understand. */
function rewrite(schema: JsonSchema, source: z.ZodType): void {
  if (schema["quantity"]) {
    const quantity = schema["quantity"] as QuantityName;
    const { min, max } = schema as Meta;
    schema.description = describe(source, quantity);
    schema.examples = [...(metaField(source, "examples") ?? [])] as never;
    for (const key of ["anyOf", "type"] as const) delete schema[key];
    schema.allOf = [{ $ref: `#/definitions/${nameOf(quantity)}` }];
    if (min !== undefined && UNITLESS.includes(quantity)) schema.minimum = min;
    if (max !== undefined && UNITLESS.includes(quantity)) schema.maximum = max;
  }
  const usual = metaField(source, "quantity") ? usualValue(source) : undefined;
  if (usual !== undefined) schema.default = usual as never;
  for (const note of ["quantity", "min", "max", "family", "kind", "id"]) delete schema[note];
}

function describe(field: z.ZodType, quantity: QuantityName): string {
  const range = rangeOf(field);
  const write = `Write ${EXPECTED[quantity]}${range && ` (${range})`}.`;
  return [metaField(field, "description"), write].filter(Boolean).join(" ");
}

/** Quantities that are plain numbers, so that their range is a range of numbers. */
const UNITLESS: readonly QuantityName[] = ["count", "factor"];

function nameOf(quantity: string): string {
  return `quantity-${quantity}`;
}

const NUMBER = String.raw`\d+(\.\d+)?(e[+-]?\d{1,2})?`;
const SCALED = String.raw`${NUMBER}\s*[kMG]?\s*`;
const PER = String.raw`\s*(/|per )\s*`;
const any = (words: Iterable<string>) => `(${[...words].join("|")})`;

/** What the text of a quantity looks like. */
export const PATTERNS: Readonly<Record<Exclude<QuantityName, "factor">, string>> = {
  duration: String.raw`^(${NUMBER}\s*${any(TIME_UNITS.keys())}\s*)+$|^0$`,
  rate: `^${SCALED}(${any(RATE_WORDS)}|${any(COUNT_WORDS)}?${PER}${any(TIME_UNITS.keys())})$|^0$`,
  bytes: `^${SCALED}${any(DATA_UNITS.keys())}$|^0$`,
  share: String.raw`^${NUMBER}\s*%$|^0$`,
  count: `^${SCALED}${any(COUNT_WORDS)}?$`,
  money: `^${SCALED}${any(CURRENCIES)}$`,
  price: `^${SCALED}${any(CURRENCIES)}${PER}${any(BILLING_UNITS.keys())}$`,
};

/** Of bare numbers only zero means the same in every unit. */
const ZERO = { minimum: 0, maximum: 0 };

/** Each quantity once; the fields refer to it. */
const QUANTITIES: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries({
    ...Object.fromEntries(
      (["duration", "rate", "bytes", "share"] as const).map((quantity) => [
        quantity,
        { type: ["string", "number"], pattern: PATTERNS[quantity], ...ZERO },
      ]),
    ),
    count: { type: ["integer", "string"], pattern: PATTERNS.count, minimum: 0 },
    factor: { type: "number" },
    money: { type: "string", pattern: PATTERNS.money },
    price: { type: "string", pattern: PATTERNS.price },
  }).map(([quantity, schema]) => [nameOf(quantity), schema]),
);
