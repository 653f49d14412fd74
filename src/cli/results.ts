/** Saved results, read with the suspicion that files from elsewhere deserve. */
import type { Result } from "../experiment/result.ts";
import { exit, Stop } from "./exit.ts";

/** The versions whose results this program understands: the major one it writes itself. */
const FORMAT = "loadstar/result";
const MAJOR = "1";

/** A result from its text. What is no result, or one of another age, is refused with the reason. */
export async function parseResult(path: string, text: string): Promise<Result> {
  const refuse = (why: string) => new Stop(exit.files, `${path}: ${why}`);
  const { resultSchema } = await import("../experiment/result.ts");
  const found = parseJson(text);
  if (found?.["format"] !== FORMAT) throw refuse("is no result of Loadstar");
  const version = String(found["version"]);
  if (version.split(".", 1)[0] !== MAJOR)
    throw refuse(`has version ${version}; this Loadstar reads ${MAJOR}.x (run the scenario again)`);
  const checked = resultSchema.safeParse(found);
  if (checked.success) return completed(found, checked.data) as Result;
  const [issue] = checked.error.issues;
  throw refuse(`is damaged at ${issue?.path.join(".")}: ${issue?.message}`);
}

/**
 * As it was read, with what a result of an earlier version could not have: the check would put the
 * fields in its own order, and the bytes must stay.
 */
function completed(read: unknown, checked: unknown): unknown {
  if (Array.isArray(read)) {
    return read.map((item, place) => completed(item, (checked as unknown[])[place]));
  }
  if (typeof read !== "object" || read === null) return read;
  const fields = checked as Record<string, unknown>;
  const known = Object.entries(read).map(([name, value]) => [name, completed(value, fields[name])]);
  return { ...Object.fromEntries(known), ...missingFrom(read, fields) };
}

function missingFrom(read: object, fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(read, name)));
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}
