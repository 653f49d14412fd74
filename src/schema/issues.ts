/**
 * From what zod found to issues in the user's words: every mistake once, at its place, with what
 * was found, what was expected and what may have been meant.
 */
import type { z } from "zod";
import type { Issue } from "./issue.ts";
import { didYouMean } from "./suggest.ts";
import {
  alternatives,
  core,
  expectation,
  fieldsOf,
  FORMATS,
  inside,
  metaField,
  oneOfWords,
  schemasAt,
  valueAt,
  withArticle,
} from "./walk.ts";

type Path = readonly (string | number)[];
type Found = z.core.$ZodIssue;

/** Longer values are shortened in messages. */
const LONGEST_SHOWN = 40;
/** More known words than this are not listed. */
const MOST_LISTED = 12;

/** More issues than this are not collected: whoever has as many will check again. */
export const MOST_ISSUES = 1000;

/** All issues of a failed check of `input` against `root`, in the order they were found. */
export function issuesOf(error: z.ZodError, root: z.ZodType, input: unknown): Issue[] {
  return new Translator(root, input)
    .all(error.issues.slice(0, MOST_ISSUES), [])
    .slice(0, MOST_ISSUES);
}

/** The value as a message shows it. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value !== "string") return String(value);
  return `"${value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value}"`;
}

class Translator {
  private readonly root: z.ZodType;
  private readonly input: unknown;

  constructor(root: z.ZodType, input: unknown) {
    this.root = root;
    this.input = input;
  }

  all(found: readonly Found[], base: Path): Issue[] {
    const issues = found.flatMap((one) => this.translate(one, [...base, ...(one.path as Path)]));
    // A field that is misspelt is not missing too.
    const meant = new Set(issues.filter(({ atKey }) => atKey).map(meantPath));
    return issues.filter(
      ({ path, atKey }) => atKey || !meant.has(path.join(".")) || !this.isMissing(path),
    );
  }

  private translate(found: Found, path: Path): Issue[] {
    switch (found.code) {
      case "unrecognized_keys":
        return found.keys.slice(0, MOST_ISSUES).map((key) => this.unknownField(key, path));
      case "invalid_union":
        return this.union(found, path);
      case "invalid_value":
        return [this.wrongWord(found.values, path)];
      case "invalid_type":
        return [this.wrongType(path)];
      case "invalid_key":
        return [
          { path, message: lowerFirst(found.issues[0]?.message ?? found.message), atKey: true },
        ];
      case "invalid_format":
        return [this.wrongFormat(found, path)];
      case "custom":
        return [withSuggestion(path, found.message, found.params?.["suggestion"] as string)];
      case "too_small":
      case "too_big":
        return [this.wrongSize(found, path)];
      default:
        return [{ path, message: lowerFirst(found.message) }];
    }
  }

  private unknownField(key: string, path: Path): Issue {
    const schemas = schemasAt(this.root, path, this.input);
    const input = this.at(path);
    const known = [...new Set(schemas.flatMap((one) => [...fieldsOf(one, input).keys()]))];
    const suggestion = didYouMean(key, known);
    const owner = this.owner(schemas, input, path);
    const list = suggestion || known.length > MOST_LISTED ? "" : `; known are ${known.join(", ")}`;
    const message = `${owner} has no field "${key}"${list}`;
    return { ...withSuggestion([...path, key], message, suggestion), atKey: true };
  }

  /** Whose field it would be: "balancer random", or where it stands. */
  private owner(schemas: readonly z.ZodType[], input: unknown, path: Path): string {
    const maps = schemas.flatMap((schema) => alternatives(schema, input));
    const [only, ...others] = maps.filter((schema) => inside(schema).shape !== undefined);
    const kind = others.length === 0 && only && metaField(only, "kind");
    if (kind) return `${metaField(only, "family")} ${kind}`;
    const family = schemas.map((schema) => metaField(schema, "family")).find(Boolean);
    if (family) return withArticle(family);
    return path.length === 0 ? "a scenario" : path.join(".");
  }

  private union(found: Extract<Found, { code: "invalid_union" }>, path: Path): Issue[] {
    if ("options" in found && found.options) return [this.wrongKind(found.options, path)];
    const readings = fittingBranches(found.errors).map((branch) => this.all(branch, path));
    return fewest(readings) ?? [this.wrongType(path)];
  }

  private wrongKind(kinds: readonly unknown[], path: Path): Issue {
    const options = kinds.filter((kind) => typeof kind === "string");
    const holder = path.slice(0, -1);
    const family = this.ask(holder, (schema) => this.familyOf(schema, holder)) ?? "kind";
    const kind = this.at(path);
    if (kind === undefined || kind === null) {
      const message = `${withArticle(family)} needs its kind; expected ${oneOfWords(options)}`;
      return { path: kind === null ? path : holder, message };
    }
    const suggestion = didYouMean(String(kind), options);
    const list = suggestion ? "" : `; expected ${oneOfWords(options)}`;
    return withSuggestion(path, `no ${family} ${shown(kind)}${list}`, suggestion);
  }

  private familyOf(schema: z.ZodType, path: Path): string | undefined {
    const members = [schema, ...alternatives(schema, this.at(path))];
    return members.map((one) => metaField(one, "family")).find((family) => family !== undefined);
  }

  private wrongWord(values: readonly unknown[], path: Path): Issue {
    if (this.isMissing(path)) return this.missing(path);
    const value = this.at(path);
    const suggestion =
      typeof value === "string" ? didYouMean(value, values.map(String)) : undefined;
    const message = `found ${shown(value)}; expected ${oneOfWords(values)}`;
    return withSuggestion(path, message, suggestion);
  }

  private wrongType(path: Path): Issue {
    if (this.isMissing(path)) return this.missing(path);
    const value = this.at(path);
    const message = `found ${shown(value)}; expected ${this.expected(path)}`;
    const quotes = typeof value === "number" && this.takesAnyText(path);
    return withSuggestion(path, message, quotes ? JSON.stringify(String(value)) : undefined);
  }

  private missing(path: Path): Issue {
    return { path, message: `"${path.at(-1)}" is missing; expected ${this.expected(path)}` };
  }

  /** Fields with a pattern of their own bring their own sentence; the formats zod knows do not. */
  private wrongFormat({ format, message }: { format: string; message: string }, path: Path): Issue {
    const expected = FORMATS[format];
    if (!expected) return { path, message: lowerFirst(message) };
    return { path, message: `found ${shown(this.at(path))}; expected ${expected}` };
  }

  private wrongSize(found: Extract<Found, { code: "too_small" | "too_big" }>, path: Path): Issue {
    const bound = found.code === "too_small" ? found.minimum : found.maximum;
    const direction = found.code === "too_small" ? "least" : "most";
    const value = this.at(path);
    const size = Array.isArray(value)
      ? `a list of ${value.length}`
      : typeof value === "string" && found.origin === "string"
        ? `${value.length} characters`
        : shown(value);
    return { path, message: `found ${size}; expected at ${direction} ${bound}` };
  }

  private at(path: Path): unknown {
    return valueAt(this.input, path);
  }

  private isMissing(path: Path): boolean {
    const holder = this.at(path.slice(0, -1));
    return path.length > 0 && this.at(path) === undefined && typeof holder === "object";
  }

  private expected(path: Path): string {
    const words = schemasAt(this.root, path, this.input).map(expectation);
    return [...new Set(words)].join(" or ") || "something else";
  }

  private takesAnyText(path: Path): boolean {
    const isText = (schema: z.ZodType) => {
      const { type, format } = inside(core(schema));
      return type === "string" && format === undefined;
    };
    return schemasAt(this.root, path, this.input).some(isText);
  }

  private ask<Answer>(path: Path, question: (schema: z.ZodType) => Answer): Answer | undefined {
    const answers = schemasAt(this.root, path, this.input).map(question);
    return answers.find((answer) => answer !== undefined);
  }
}

/** The branches of a union that take this type of value. */
export function fittingBranches(branches: readonly (readonly Found[])[]) {
  return branches.filter((branch) => !branch.some(isOtherType));
}

/** The shortest list, the first of several: of all ways to read a value, the one with least wrong. */
export function fewest<List extends readonly unknown[]>(lists: readonly List[]): List | undefined {
  const [first, ...rest] = lists;
  return rest.reduce((best, list) => (list.length < best!.length ? list : best), first);
}

function isOtherType(found: Found): boolean {
  if (found.path.length > 0) return false;
  if (found.code === "invalid_union" && !("discriminator" in found)) {
    return found.errors.every((branch) => branch.some(isOtherType));
  }
  return found.code === "invalid_type";
}

/** Where the field would stand if it were spelt as suggested. */
function meantPath({ path, suggestion }: Issue): string {
  return [...path.slice(0, -1), suggestion ?? ""].join(".");
}

function withSuggestion(path: Path, message: string, suggestion: string | undefined): Issue {
  return suggestion ? { path, message, suggestion } : { path, message };
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
