/**
 * Where each value of a resolved scenario comes from: a line of a file, a replacement on the command
 * line, a product's defaults, or the default of the definition.
 *
 * Printed as YAML with the origins as comments, so that it can be read, saved and run again.
 */
import { stringify } from "yaml";
import { visible } from "./diagnostics.ts";
import { placeOf, type FlagPlace, type Span, type TextPlace } from "./place.ts";
import { childAt, type MapTree, type Tree } from "./tree.ts";

export type Origin =
  /** Written in a file, perhaps by the variant that is applied. */
  | ({ readonly from: "file"; readonly variant?: string } & TextPlace)
  /** Written on the command line. */
  | ({ readonly from: "flag" } & FlagPlace)
  /** Usual for the product that the part names as its preset. */
  | { readonly from: "preset"; readonly preset: string }
  /** Usual for the kind, or for what it holds; null where there is no kind around. */
  | { readonly from: "default"; readonly of: string | null };

/** A single value, or an empty map or list. */
export interface Traced {
  /** Where it stands, as `--set` takes it: "parts.web.slots". */
  readonly path: string;
  readonly value: unknown;
  readonly origin: Origin;
}

/** What a scenario was resolved from. */
export interface Words {
  /** All files, the variant and the replacements, merged. */
  readonly tree: MapTree;
  /** Where the applied variant is written. */
  readonly variant: { readonly name: string; readonly span: Span } | null;
  /** The same as plain data, with the settings of presets in place. */
  readonly filled: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Every value of a resolved scenario with its origin, in the order of the language. */
export function originsOf(resolved: Fields, words: Words): Traced[] {
  const { tree, filled } = words;
  const tracer = new Tracer(words);
  tracer.trace({ value: resolved, tree, filled, path: [], preset: null, kind: null });
  return tracer.found;
}

/** A piece of the resolved scenario beside what was said of it. */
interface Piece {
  readonly value: unknown;
  /** What stands there in the user's words; undefined where nothing does. */
  readonly tree: Tree | undefined;
  readonly filled: unknown;
  readonly path: readonly string[];
  /** The preset of the part it belongs to. */
  readonly preset: string | null;
  /** The kind of the nearest map around it. */
  readonly kind: string | null;
}

class Tracer {
  readonly found: Traced[] = [];
  private readonly variant: Words["variant"];

  constructor({ variant }: Words) {
    this.variant = variant;
  }

  trace(piece: Piece): void {
    const { value, path } = piece;
    const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
    if (entries.length === 0)
      this.found.push({ path: path.join("."), value, origin: this.originOf(piece) });
    for (const [key, child] of entries) this.trace(childOf(piece, key, child));
  }

  private originOf({ tree, filled, preset, kind }: Piece): Origin {
    if (!tree && filled !== undefined && preset !== null) return { from: "preset", preset };
    if (!tree) return { from: "default", of: kind };
    const place = placeOf(tree.span);
    if ("flag" in place) return { from: "flag", ...place };
    const isVaried = this.variant !== null && covers(this.variant.span, tree.span);
    return { from: "file", ...place, ...(isVaried && { variant: this.variant!.name }) };
  }
}

function covers(outer: Span, inner: Span): boolean {
  return outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end;
}

function childOf(piece: Piece, key: string, value: unknown): Piece {
  const { tree, filled, path } = piece;
  const own = piece.value as Fields;
  const hasOptions = typeof own["kind"] === "string" && key !== "kind";
  const kind = hasOptions ? (own["kind"] as string) : piece.kind;
  const preset = path.length === 2 && path[0] === "parts" ? own["preset"] : piece.preset;
  return {
    value,
    tree: tree && treeUnder(tree, key, own),
    filled: plainUnder(filled, key, own),
    path: [...path, key],
    preset: typeof preset === "string" ? preset : null,
    kind,
  };
}

/** What was said of a field. Where a short form stands for the whole map, that is where it was said. */
function treeUnder(tree: Tree, key: string, resolved: unknown): Tree | undefined {
  if (tree.type === "map" || (tree.type === "list" && Array.isArray(resolved)))
    return childAt(tree, key)?.value;
  return isAbout(tree.type === "leaf" ? tree.value : null, key, resolved) ? tree : undefined;
}

function plainUnder(filled: unknown, key: string, resolved: unknown): unknown {
  if (typeof filled === "object" && filled !== null) return (filled as Fields)[key];
  return isAbout(filled, key, resolved) ? filled : undefined;
}

/** The bare word of a kind says its kind and no option of it; any other short form says everything. */
function isAbout(short: unknown, key: string, resolved: unknown): boolean {
  return short !== (resolved as Fields)["kind"] || key === "kind";
}

/** The widest a line may be before its values stand on lines of their own [characters]. */
const WIDTH = 64;

/** The resolved scenario as YAML, each line with the origin of its values as a comment. */
export function originsText(resolved: Fields, traced: readonly Traced[]): string {
  const origins = new Map(traced.map(({ path, origin }) => [path, originInWords(origin)]));
  const lines = linesOf(resolved, [], origins);
  const column = Math.max(...lines.map(({ text }) => (text.length > WIDTH ? 0 : text.length)));
  return lines
    .map(({ text, origin }) =>
      origin === null ? text : `${text.padEnd(column)}  # ${visible(origin)}`,
    )
    .join("\n");
}

/** "night.yaml:25", "night.yaml:80, variant reactive", "--set parts.web.slots=8", "preset nginx", "default of poisson". */
export function originInWords(origin: Origin): string {
  switch (origin.from) {
    case "file": {
      const place = `${origin.file}:${origin.line}`;
      return origin.variant === undefined ? place : `${place}, variant ${origin.variant}`;
    }
    case "flag":
      return origin.flag;
    case "preset":
      return `preset ${origin.preset}`;
    case "default":
      return origin.of === null ? "default" : `default of ${origin.of}`;
    default:
      return origin satisfies never;
  }
}

interface Line {
  readonly text: string;
  readonly origin: string | null;
}

function linesOf(value: unknown, path: readonly string[], origins: Map<string, string>): Line[] {
  return Object.entries(value as Fields).flatMap(([key, child]) => {
    const here = [...path, key];
    const mark = Array.isArray(value) ? "-" : `${inOneLine(key)}:`;
    const indent = "  ".repeat(path.length);
    const origin = commonOrigin(child, here, origins);
    const flat = `${indent}${mark} ${inOneLine(child)}`;
    const isFlat = origin !== null && (flat.length <= WIDTH || !isFilled(child));
    if (isFlat) return [{ text: flat, origin }];
    const below = linesOf(child, here, origins);
    if (!Array.isArray(value)) return [{ text: indent + mark, origin: null }, ...below];
    const [first, ...rest] = below as [Line, ...Line[]];
    return [{ ...first, text: `${indent}- ${first.text.trimStart()}` }, ...rest];
  });
}

/** The origin that all values in a piece have; null where they differ. */
function commonOrigin(
  value: unknown,
  path: readonly string[],
  origins: Map<string, string>,
): string | null {
  if (!isFilled(value)) return origins.get(path.join(".")) ?? null;
  const all = Object.entries(value).map(([key, child]) =>
    commonOrigin(child, [...path, key], origins),
  );
  return all.every((one) => one === all[0]) ? all[0]! : null;
}

function isFilled(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function inOneLine(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0, blockQuote: false }).trimEnd();
}
