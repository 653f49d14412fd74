/**
 * The nearest input a schema accepts: what is misspelt is put right, what is wrong otherwise is
 * taken out, what is then missing is made up.
 *
 * Nothing runs on mended input. It lets later checks look at all the rest of a file with mistakes, so
 * that everything is reported at once.
 */
import type { z } from "zod";
import { fewest, fittingBranches } from "./issues.ts";
import { didYouMean } from "./suggest.ts";
import { core, fieldsOf, inside, metaField, schemasAt, valueAt } from "./walk.ts";

type Path = readonly PropertyKey[];
type Found = z.core.$ZodIssue;
type Plain = Record<PropertyKey, unknown>;

export interface Mended<Output> {
  readonly output: Output;
  /** Where something was changed: what is said about these places is not the author's. */
  readonly touched: readonly Path[];
}

/** Mending one mistake may uncover another below or above it; more rounds than this are hopeless. */
const MOST_ROUNDS = 8;
/** The longest list of mistakes in one round that is worth mending. */
const MOST_MISTAKES = 200;

/** Null when the input is too far from anything the schema accepts. */
export function mend<Output>(root: z.ZodType<Output>, input: unknown): Mended<Output> | null {
  const mender = new Mender(root, structuredClone(input));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const parsed = root.safeParse(mender.value);
    if (parsed.success) return { output: parsed.data, touched: mender.touched };
    const found = parsed.error.issues.flatMap((issue) => single(issue, []));
    if (found.length > MOST_MISTAKES || found.some(({ path }) => path.length === 0)) return null;
    mender.repairAll(found);
  }
  return null;
}

/** One place to mend, and the words that would be right there. */
interface Mistake {
  readonly path: Path;
  /** True when the key itself is wrong. */
  readonly atKey: boolean;
  readonly words: readonly unknown[];
}

/** The single mistakes in what zod found; of a union, those of the alternative with least wrong. */
function single(found: Found, base: Path): Mistake[] {
  const path = [...base, ...found.path];
  switch (found.code) {
    case "unrecognized_keys":
      return found.keys.map((key) => ({ path: [...path, key], atKey: true, words: [] }));
    case "invalid_key":
      return [{ path, atKey: true, words: [] }];
    case "invalid_value":
      return [{ path, atKey: false, words: found.values }];
    case "invalid_union": {
      if ("options" in found && found.options)
        return [{ path, atKey: false, words: found.options }];
      const branches = fittingBranches(found.errors);
      const readings = branches.map((branch) => branch.flatMap((one) => single(one, path)));
      return fewest(readings) ?? [whole(path)];
    }
    default:
      return [whole(path)];
  }
}

function whole(path: Path): Mistake {
  return { path, atKey: false, words: [] };
}

class Mender {
  readonly touched: Path[] = [];
  readonly value: unknown;
  private readonly root: z.ZodType;

  constructor(root: z.ZodType, value: unknown) {
    this.root = root;
    this.value = value;
  }

  /** Misspelt keys first: what moves to the field that was meant is not missing there. */
  repairAll(mistakes: readonly Mistake[]): void {
    const before = this.touched.length;
    for (const mistake of mistakes) if (mistake.atKey) this.repair(mistake);
    const settled = new Set(this.touched.slice(before).map((path) => path.join("\n")));
    for (const mistake of mistakes)
      if (!mistake.atKey && !settled.has(mistake.path.join("\n"))) this.repair(mistake);
  }

  private repair({ path, atKey, words }: Mistake): void {
    const key = path.at(-1)!;
    const holder = valueAt(this.value, path.slice(0, -1));
    if (typeof holder !== "object" || holder === null) return;
    const parent = holder as Plain;
    this.touched.push(path);
    if (atKey) return this.respell(parent, path);
    const found = parent[key];
    const meant = typeof found === "string" ? didYouMean(found, words.map(String)) : undefined;
    if (meant !== undefined) parent[key] = meant;
    else if (Array.isArray(parent) || !Object.hasOwn(parent, key)) parent[key] = this.standIn(path);
    else delete parent[key];
  }

  /** Moves what stands under a misspelt key to the field, or a name, that may have been meant; or takes it out. */
  private respell(parent: Plain, path: Path): void {
    const key = String(path.at(-1));
    const holder = path.slice(0, -1);
    const fields = schemasAt(this.root, holder, this.value).flatMap((schema) => [
      ...fieldsOf(schema, parent).keys(),
    ]);
    const meant = fields.length > 0 ? didYouMean(key, fields) : `x${this.touched.length}`;
    if (meant !== undefined && parent[meant] === undefined) {
      parent[meant] = parent[key];
      this.touched.push([...holder, meant]);
    }
    delete parent[key];
  }

  private standIn(path: Path): unknown {
    const [schema] = schemasAt(this.root, path, this.value);
    return schema && standIn(schema);
  }
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
function fill(shape: Readonly<Record<string, z.ZodType>>): Plain {
  const required = Object.entries(shape).filter(([, field]) => !field.safeParse(undefined).success);
  return Object.fromEntries(required.map(([key, field]) => [key, standIn(field)]));
}
