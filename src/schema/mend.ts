/**
 * The nearest input a schema accepts: what is wrong is taken out, what is then missing is made up.
 *
 * Nothing runs on mended input. It lets later checks look at all the rest of a file with mistakes, so
 * that everything is reported at once.
 */
import type { z } from "zod";
import { core, inside, metaField, schemasAt } from "./walk.ts";

export interface Mended<Output> {
  readonly output: Output;
  /** Where something was taken out or made up: what is said about these places is not the author's. */
  readonly touched: readonly (readonly PropertyKey[])[];
}

/** Taking out one mistake may uncover another below or above it; more rounds than this are hopeless. */
const MOST_ROUNDS = 8;

/** Null when the input is too far from anything the schema accepts. */
export function mend<Output>(root: z.ZodType<Output>, input: unknown): Mended<Output> | null {
  const value = structuredClone(input);
  const touched: (readonly PropertyKey[])[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const parsed = root.safeParse(value);
    if (parsed.success) return { output: parsed.data, touched };
    for (const issue of parsed.error.issues) {
      const keys = issue.code === "unrecognized_keys" ? issue.keys : [];
      const paths = keys.length > 0 ? keys.map((key) => [...issue.path, key]) : [issue.path];
      for (const path of paths) {
        if (path.length === 0) return null;
        repair(root, value, path);
        touched.push(path);
      }
    }
  }
  return null;
}

/** Takes out what stands at a path; where nothing stood, puts something acceptable. */
function repair(root: z.ZodType, value: unknown, path: readonly PropertyKey[]): void {
  const key = path.at(-1)!;
  const parent = parentOf(value, path);
  if (parent === null) return;
  const [schema] = schemasAt(root, path, value);
  if (Array.isArray(parent)) parent[key as number] = schema && standIn(schema);
  else if (Object.hasOwn(parent, key)) delete parent[key];
  else parent[key] = schema && standIn(schema);
}

function parentOf(
  value: unknown,
  path: readonly PropertyKey[],
): Record<PropertyKey, unknown> | null {
  let parent = value;
  for (const key of path.slice(0, -1)) {
    if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, key)) return null;
    parent = (parent as Record<PropertyKey, unknown>)[key];
  }
  return typeof parent === "object" ? (parent as Record<PropertyKey, unknown> | null) : null;
}

/** Something small that a schema accepts. */
function standIn(schema: z.ZodType): unknown {
  const example = metaField(schema, "examples")?.[0];
  if (example !== undefined) return example;
  const { type, options, shape, values, entries, items } = inside(core(schema));
  if (options) return standIn(options[0]!);
  if (shape) return fill(shape);
  if (values) return values[0];
  if (entries) return Object.values(entries)[0];
  if (items) return items.map(standIn);
  if (type === "record") return {};
  if (type === "array") return [];
  return type === "boolean" ? false : "x";
}

/** A map of the fields that cannot be left out. */
function fill(shape: Readonly<Record<string, z.ZodType>>): Record<string, unknown> {
  const required = Object.entries(shape).filter(([, field]) => !field.safeParse(undefined).success);
  return Object.fromEntries(required.map(([key, field]) => [key, standIn(field)]));
}
