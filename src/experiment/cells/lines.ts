/**
 * What came of a cell, as one line of JSON. Counts are whole numbers and the few others are written
 * with all their digits, so the line says exactly what the simulation did; nothing is summed over
 * cells before all of them are in.
 */
import { z } from "zod";
import { assert } from "../../kernel/assert.ts";
import type { Measure } from "../measures.ts";
import type { RunRecord } from "../replication.ts";
import { quantity } from "../result.ts";
import { recordSchema } from "./recordSchema.ts";
import type { Wanted } from "./list.ts";

export type Found = RunRecord | readonly Measure[];

/** What a cell was found to be, or the limit that stopped it. */
export type Answer = { readonly found: Found } | { readonly stopped: string };

/** The longest line that is read [characters]. */
export const LONGEST_LINE = 128 * 1024 * 1024;

const measures = z.array(quantity.extend({ value: z.number().nullable() })).max(10_000);
const number = z.int().min(0);
const stopped = z.strictObject({ cell: number, stopped: z.string().max(10_000) });
const schemas = {
  record: z.union([z.strictObject({ cell: number, found: recordSchema }), stopped]),
  measures: z.union([z.strictObject({ cell: number, found: measures }), stopped]),
};

export function lineOf(cell: number, answer: Answer): string {
  return JSON.stringify({ cell, ...answer }, plain);
}

/** A line from anywhere; null when it is none. */
export function readLine(
  text: string,
  wanted: Wanted,
): { readonly cell: number; readonly answer: Answer } | null {
  if (text.length > LONGEST_LINE) return null;
  try {
    const value = JSON.parse(text, revived) as { readonly cell: number };
    // The value as it was read: a schema would put its fields in another order, and bytes must stay.
    if (!schemas[wanted].safeParse(value).success) return null;
    const { cell, ...answer } = value;
    return { cell, answer: answer as Answer };
  } catch {
    return null;
  }
}

/** Lists of numbers that are not ordinary arrays say which they are. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === "number") assert(Number.isFinite(value), "records hold finite numbers");
  if (value instanceof Float64Array) return { float64: [...value] };
  if (value instanceof Int32Array) return { int32: [...value] };
  return value;
}

function revived(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new RangeError("a key that is none");
  if (typeof value !== "object" || value === null) return value;
  const { float64, int32 } = value as { float64?: unknown; int32?: unknown };
  if (isNumbers(float64)) return Float64Array.from(float64);
  if (isNumbers(int32)) return Int32Array.from(int32);
  return value;
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => typeof one === "number");
}
