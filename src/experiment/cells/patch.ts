/**
 * What makes one JSON value another, as the places that differ. Thousands of scenarios of one sweep
 * differ in a few numbers, and this is all of them that needs to be kept or sent.
 */
import { z } from "zod";

/** Places, from the outside in, with what stands there instead. */
export type Patch = readonly (readonly [path: readonly string[], value: unknown])[];

/** Deeper than any scenario goes. */
const DEEPEST = 64;

export const patchSchema = z.array(
  z.tuple([z.array(z.string()).max(DEEPEST), z.unknown()]).readonly(),
);

type Fields = Readonly<Record<string, unknown>>;

/** Lists, and maps whose keys or their order differ, are replaced whole, so that bytes come out the same. */
export function patchFrom(before: unknown, after: unknown): Patch {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isMap(before) || !isMap(after) || Object.keys(before).join() !== Object.keys(after).join())
    return [[[], after]];
  return Object.keys(after).flatMap((key) =>
    patchFrom(before[key], after[key]).map(([path, value]) => [[key, ...path], value] as const),
  );
}

/** The value with a patch applied; what it shares with the old one is not copied. */
export function patched(before: unknown, patch: Patch): unknown {
  return patch.reduce((value, [path, replacement]) => replaced(value, path, replacement), before);
}

function replaced(value: unknown, [key, ...rest]: readonly string[], replacement: unknown) {
  if (key === undefined) return replacement;
  if (!isMap(value) || !Object.hasOwn(value, key))
    throw new RangeError(`there is no "${key}" to be replaced`);
  // A key such as __proto__ is a key like any other here: it is defined, never assigned.
  const fields: [string, unknown][] = Object.entries(value).map(([name, old]) => [
    name,
    name === key ? replaced(old, rest, replacement) : old,
  ]);
  return Object.fromEntries(fields);
}

function isMap(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
