/**
 * Pages for the fields of the language that are no kinds: where each stands, what it takes, what is
 * inside it, and the least one would write. All of it is read off the schema.
 */
import type { z } from "zod";
import { inside, core, layers, metaField, metaOf, usualValue } from "./walk.ts";

/** A field, and one place where it may stand. */
export interface FieldAt {
  readonly name: string;
  /** The map it is a field of: "workloads.*.client", or the kind whose it is: "cache (part)". */
  readonly owner: string;
  readonly field: z.ZodType;
}

/** Every field of every map below schemas; a map that stands in several places is met once. */
export function everyField(roots: readonly z.ZodType[]): FieldAt[] {
  const met = new Set<z.ZodType>();
  const found: FieldAt[] = [];
  const visit = (schema: z.ZodType, owner: string): void => {
    const inner = core(schema);
    if (met.has(inner)) return;
    met.add(inner);
    const { shape, options, element, valueType, items } = inside(inner);
    const { kind, family } = metaOf(inner);
    const here = kind === undefined ? owner : `${kind} (${family})`;
    for (const [name, field] of Object.entries(shape ?? {})) {
      if (name === "kind") continue;
      found.push({ name, owner: here, field });
      visit(field, here === "" ? name : `${here}.${name}`);
    }
    for (const each of [...(options ?? []), ...(items ?? [])]) visit(each, here);
    if (element) visit(element, `${here}[]`);
    if (valueType) visit(valueType, `${here}.*`);
  };
  for (const root of roots) visit(root, "");
  return found;
}

/** The least one would write for a field, in the words of the language; undefined where nothing is known. */
export function exampleOf(field: z.ZodType): string | undefined {
  const value = valueFor(field, 0);
  return value === undefined ? undefined : flow(value);
}

/** The first value thought of that the field accepts. */
function valueFor(field: z.ZodType, depth: number): unknown {
  return depth > DEEPEST
    ? undefined
    : candidates(field, depth).find((value) => value !== undefined && accepts(field, value));
}

/** Maps in maps deeper than this are left out of an example [levels]. */
const DEEPEST = 4;

function candidates(field: z.ZodType, depth: number): unknown[] {
  const inner = core(field);
  const { type, options = [], entries, shape, element, valueType } = inside(inner);
  if (entries) return Object.values(entries).reverse();
  if (shape) return [mapFor(shape, metaOf(inner).kind, depth)];
  if (element) {
    const each = valueFor(element, depth + 1);
    return each === undefined ? [] : [[each], [each, each]];
  }
  if (valueType) return [{ name: valueFor(valueType, depth + 1) ?? {} }];
  const usual = usualValue(field);
  if (type === "boolean") return [!usual];
  return [
    ...(metaField(field, "examples") ?? []),
    ...options.map((option) => valueFor(option, depth)),
    usual,
    "name",
  ];
}

function accepts(field: z.ZodType, value: unknown): boolean {
  return field.safeParse(value).success;
}

/** What must be given; where nothing must, the first that may. */
function mapFor(
  shape: Readonly<Record<string, z.ZodType>>,
  kind: string | undefined,
  depth: number,
): object {
  const isTold = kind !== undefined && shape["kind"] !== undefined;
  const required = requiredOf(shape);
  const shown = required.length > 0 || isTold ? required : Object.entries(shape).slice(0, 1);
  const values = shown.map(([name, field]) => [name, valueFor(field, depth + 1)] as const);
  return { ...(isTold && { kind }), ...Object.fromEntries(values) };
}

/** Plain data in one line of YAML. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([name, each]) => `${name}: ${flow(each)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function requiredOf(shape: Readonly<Record<string, z.ZodType>>): [string, z.ZodType][] {
  return Object.entries(shape).filter(
    ([name, field]) =>
      name !== "kind" &&
      usualValue(field) === undefined &&
      !layers(field).some((layer) => inside(layer).type === "optional"),
  );
}

/** The kinds a field may be one of; none where it is no choice of kinds. */
export function kindsOf(field: z.ZodType): string[] {
  if (metaField(field, "family") === undefined) return [];
  const kinds = (schema: z.ZodType): string[] => {
    const { options } = inside(core(schema));
    if (options) return options.flatMap(kinds);
    const kind = metaField(core(schema), "kind");
    return kind === undefined ? [] : [kind];
  };
  return [...new Set(kinds(field))];
}
