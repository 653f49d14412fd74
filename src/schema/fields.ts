/**
 * How a field of the language is declared: once, giving its type, its check, its place in the JSON
 * Schema and its line in the reference.
 *
 * A quantity field reads users' text into a plain number in its base unit (ns, 1/s, bytes, 0 to 1).
 * Defaults are written in users' words too: `duration("How long to wait.").prefault("2 s")`.
 */
import { z } from "zod";
import { formatBytes, formatDuration, formatMoney, formatPrice } from "./format.ts";
import { formatRate, formatShare } from "./format.ts";
import {
  EXPECTED,
  readBytes,
  readCount,
  readDuration,
  readMoney,
  readPrice,
  readRate,
  readShare,
  type Money,
  type Price,
  type QuantityName,
  type Reading,
} from "./quantity.ts";

/** The least and the most a field accepts, both included, in the field's base unit. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** A length of time [ns]. */
export function duration(description: string, range: Range = {}) {
  const field = { quantity: "duration", description, examples: ["50 ms", "2 s", "1h30m"] } as const;
  return quantity(field, readDuration, formatDuration, range);
}

/** How often something happens [1/s]. */
export function rate(description: string, range: Range = {}) {
  const field = {
    quantity: "rate",
    description,
    examples: ["800 rps", "24k rps", "50/min"],
  } as const;
  return quantity(field, readRate, formatRate, range);
}

/** An amount of data [bytes]. */
export function bytes(description: string, range: Range = {}) {
  const field = { quantity: "bytes", description, examples: ["512 MiB", "1 GB"] } as const;
  return quantity(field, readBytes, formatBytes, range);
}

/** A share of a whole [0 to 1 unless the range says otherwise], written in percent. */
export function share(description: string, range: Range = {}) {
  const field = { quantity: "share", description, examples: ["80 %", "99.95 %"] } as const;
  return quantity(field, readShare, formatShare, { min: 0, max: 1, ...range });
}

/** A whole number of things, zero or more unless the range says otherwise. */
export function count(description: string, range: Range = {}) {
  const field = { quantity: "count", description, examples: [12, "200k"] } as const;
  return quantity<number>(field, readCount, (value) => value, range);
}

/** A number without a unit. */
export function factor(description: string, range: Range = {}) {
  const field = { quantity: "factor", description, examples: [1.5] } as const;
  const read = (found: string | number): Reading<number> =>
    typeof found === "number" && Number.isFinite(found)
      ? { ok: true, value: found }
      : { ok: false, message: `${shown(found)} is not a number; expected ${EXPECTED.factor}` };
  return quantity<number>(field, read, (value) => value, range);
}

/** An amount of money: decimal text and a currency. */
export function money(description: string) {
  const field = { quantity: "money", description, examples: ["38 USD"] } as const;
  return quantity<Money>(field, readMoney, formatMoney);
}

/** What something costs by the hour. */
export function price(description: string) {
  const field = {
    quantity: "price",
    description,
    examples: ["0.34 USD/hour", "250 USD/month"],
  } as const;
  return quantity<Price>(field, readPrice, formatPrice);
}

/** True or false. */
export function flag(description: string) {
  return z.boolean().meta({ description });
}

/** Words for people. */
export function text(description: string) {
  return z.string().meta({ description });
}

/** One of a few words. */
export function choice<const Words extends readonly [string, ...string[]]>(
  description: string,
  words: Words,
) {
  return z.enum(words).meta({ description });
}

/**
 * What users call a part, a class, a zone: starts with a letter, so that maps keep their order
 * (JavaScript moves keys that look like numbers to the front).
 */
export function name(description: string) {
  return z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, {
      error: ({ input }) =>
        `"${String(input).slice(0, 80)}" cannot be a name; expected a letter, then letters, digits, - or _, 64 at most`,
    })
    .meta({ description });
}

interface Field {
  readonly quantity: QuantityName;
  readonly description: string;
  readonly examples: readonly (string | number)[];
}

function quantity<Value>(
  field: Field,
  read: (found: string | number) => Reading<Value>,
  write: (value: Value) => string | number,
  range: Range = {},
) {
  const written = z.union([z.string(), z.number()]);
  return z
    .codec(written, z.custom<Value>(), {
      decode(found, context) {
        const reading = within(read(found), found, range, write);
        if (reading.ok) return reading.value;
        const params = reading.suggestion ? { suggestion: reading.suggestion } : {};
        context.issues.push({ code: "custom", input: found, message: reading.message, params });
        return z.NEVER;
      },
      // A union is written by trying its members, also those whose fields are not there.
      encode: (value) => (value === undefined ? (value as never) : write(value)),
    })
    .meta({ ...field, examples: [...field.examples], ...range });
}

function within<Value>(
  reading: Reading<Value>,
  found: string | number,
  { min = -Infinity, max = Infinity }: Range,
  write: (value: Value) => string | number,
): Reading<Value> {
  if (!reading.ok || typeof reading.value !== "number") return reading;
  const bound = reading.value < min ? min : reading.value > max ? max : undefined;
  if (bound === undefined) return reading;
  const direction = bound === min ? "least" : "most";
  return {
    ok: false,
    message: `${shown(found)} is out of range; expected at ${direction} ${write(bound as Value)}`,
  };
}

function shown(found: string | number): string {
  return typeof found === "string" ? `"${found}"` : String(found);
}
