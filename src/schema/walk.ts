/**
 * Finding one's way in a schema by a path of the input, for messages and for the reference.
 *
 * Looks through what only wraps a field (optional, default, codec) to what users write.
 */
import type { z } from "zod";
import { EXPECTED, type QuantityName } from "./quantity.ts";

/** What fields and definitions say about themselves beside their type. */
export interface Meta {
  readonly description?: string;
  readonly quantity?: QuantityName;
  readonly examples?: readonly unknown[];
  readonly min?: number;
  readonly max?: number;
  /** The family a union of kinds, or one kind, belongs to. */
  readonly family?: string;
  readonly kind?: string;
}

/** The part of zod's own description of a schema that is read here. */
interface Inside {
  readonly type: string;
  readonly format?: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly out?: z.ZodType;
  readonly getter?: () => z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly items?: readonly z.ZodType[];
  readonly rest?: z.ZodType | null;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly defaultValue?: unknown;
}

export function inside(schema: z.ZodType): Inside {
  return schema._zod.def as unknown as Inside;
}

export function metaOf(schema: z.ZodType): Meta {
  return (schema.meta() ?? {}) as Meta;
}

/** The schema and what it wraps, outermost first. */
export function layers(schema: z.ZodType): readonly z.ZodType[] {
  const { innerType, in: written, out, getter } = inside(schema);
  const next =
    innerType ?? getter?.() ?? (written && inside(written).type === "transform" ? out : written);
  return next ? [schema, ...layers(next)] : [schema];
}

/** The innermost layer: what users write. */
export function core(schema: z.ZodType): z.ZodType {
  return layers(schema).at(-1) as z.ZodType;
}

/** The first answer any layer gives to a question about its meta data. */
export function metaField<Key extends keyof Meta>(
  schema: z.ZodType,
  key: Key,
): Meta[Key] | undefined {
  for (const layer of layers(schema)) {
    const value = metaOf(layer)[key];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Every schema that could stand at a path: one, or several where a union leaves it open. */
export function schemasAt(
  root: z.ZodType,
  path: readonly PropertyKey[],
  input: unknown,
): readonly z.ZodType[] {
  const [key, ...rest] = path;
  if (key === undefined) return [root];
  return alternatives(root, input).flatMap((schema) => {
    const child = childOf(schema, key);
    return child ? schemasAt(child, rest, valueAt(input, [key])) : [];
  });
}

/** The fields a map may have at this schema, over all the alternatives that fit the input. */
export function fieldsOf(schema: z.ZodType, input: unknown): ReadonlyMap<string, z.ZodType> {
  return new Map(
    alternatives(schema, input).flatMap((one) => Object.entries(inside(one).shape ?? {})),
  );
}

/** The members of a union that fit the input's kind; all of them when none does. */
export function alternatives(schema: z.ZodType, input: unknown): readonly z.ZodType[] {
  const inner = core(schema);
  const { options, discriminator } = inside(inner);
  if (!options) return [inner];
  const kind = discriminator && valueAt(input, [discriminator]);
  const chosen = discriminator
    ? options.filter((option) => accepts(option, discriminator, kind))
    : options;
  return (chosen.length > 0 ? chosen : options).flatMap((option) => alternatives(option, input));
}

function accepts(option: z.ZodType, discriminator: string, kind: unknown): boolean {
  return alternatives(option, undefined).some((one) => {
    const field = inside(one).shape?.[discriminator];
    return field !== undefined && field.safeParse(kind).success;
  });
}

function childOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  const { shape, catchall, valueType, element, items, rest } = inside(schema);
  if (shape && Object.hasOwn(shape, key)) return shape[key as string];
  if (shape) return catchall && inside(catchall).type !== "never" ? catchall : undefined;
  if (items) return items[key as number] ?? rest ?? undefined;
  return valueType ?? element;
}

/** The value at a path of plain data, or undefined when there is none. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** What to write here, as the end of a message: "a duration such as 2 s", "one of fifo, lifo". */
export function expectation(schema: z.ZodType): string {
  const quantity = metaField(schema, "quantity");
  if (quantity) return EXPECTED[quantity];
  const { type, format, options, entries, values } = inside(core(schema));
  const family = metaField(schema, "family");
  if (family) {
    const member = options?.[0] ?? schema;
    const kind = metaField(member, "kind");
    if (kind === undefined) return withArticle(family);
    const isTold = inside(core(member)).shape?.["kind"] !== undefined;
    return `${withArticle(family)} such as { ${isTold ? `kind: ${kind}` : `${kind}: …`} }`;
  }
  if (options) return [...new Set(options.map(expectation))].join(" or ");
  if (entries || values) return oneOfWords(entries ? Object.values(entries) : (values ?? []));
  return FORMATS[format ?? ""] ?? TYPE_WORDS[type] ?? type;
}

/** Formats of text that zod knows, in users' words. */
export const FORMATS: Readonly<Record<string, string>> = {
  datetime: "a date and time such as 2026-11-10T23:40:00+08:00",
  date: "a date such as 2026-11-10",
};

/** "one of fifo, lifo", or the one word there is. */
export function oneOfWords(words: readonly unknown[]): string {
  const text = words.map(String).join(", ");
  return words.length > 1 ? `one of ${text}` : text;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  object: "a map of fields",
  record: "a map by name",
  array: "a list",
  tuple: "a list",
};

export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** What a field takes, in a word or two, for a table: "duration", "list of text", "fifo, lifo". */
export function wordOf(schema: z.ZodType): string {
  const known = metaField(schema, "quantity") ?? metaField(schema, "family");
  if (known) return known;
  const { type, options, entries, values, element } = inside(core(schema));
  if (options) return [...new Set(options.map(wordOf))].join(" or ");
  if (entries || values) return (entries ? Object.values(entries) : (values ?? [])).join(", ");
  if (element) return `list of ${pluralOf(element)}`;
  return (
    {
      string: "text",
      boolean: "true or false",
      object: "map",
      record: "map by name",
      tuple: "row",
    }[type] ?? type
  );
}

function pluralOf(schema: z.ZodType): string {
  const family = metaField(schema, "family");
  return family ? `${family}s` : (PLURALS[inside(core(schema)).type] ?? wordOf(schema));
}

const PLURALS: Readonly<Record<string, string>> = { object: "maps", tuple: "rows" };

/** The range of a field in users' words: "1 to 16", "at least 1 s"; empty when there is none. */
export function rangeOf(schema: z.ZodType): string {
  const [min, max] = [metaField(schema, "min"), metaField(schema, "max")];
  const low = min === undefined ? undefined : written(schema, min);
  const high = max === undefined ? undefined : written(schema, max);
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  if (low !== undefined) return `at least ${low}`;
  return high === undefined ? "" : `at most ${high}`;
}

/** A field's default as a user would write it; undefined when it has none. */
export function usualValue(schema: z.ZodType): unknown {
  const layer = layers(schema).find((one) => DEFAULTS.includes(inside(one).type));
  if (!layer) return undefined;
  const { type, innerType, defaultValue } = inside(layer);
  return type === "default" && innerType ? written(innerType, defaultValue) : defaultValue;
}

const DEFAULTS: readonly string[] = ["default", "prefault"];

/** A decoded value in the words of its field; maps and lists as they are. */
function written(schema: z.ZodType, value: unknown): unknown {
  const codec = layers(schema).find((layer) => metaOf(layer).quantity !== undefined);
  return codec ? codec.encode(value as never) : value;
}
