/**
 * mathjs, loaded when first needed: its single-file bundle takes a tenth of a second, its modules one.
 *
 * It parses and does the algebra of dimensions here; it never evaluates what a user wrote.
 */
import { createRequire } from "node:module";

type Mathjs = typeof import("mathjs");

let loaded: Mathjs | undefined;

export function mathjs(): Mathjs {
  loaded ??= createRequire(import.meta.url)("mathjs/lib/browser/math.js") as Mathjs;
  return loaded;
}
