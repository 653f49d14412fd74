/**
 * A scenario as a tree that remembers where each piece was written.
 *
 * Files, variants and `--set` are merged as trees, so an issue found in the merged whole still
 * points into the file, or the flag, that said it.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from "yaml";
import type { Source, Span } from "./place.ts";
import { DEEPEST_NESTING } from "./guards.ts";

export type Tree = MapTree | ListTree | Leaf;

interface Sized {
  readonly span: Span;
  /** Pieces in it, those behind aliases counted each time [trees]. */
  readonly size: number;
  /** Levels of maps and lists in it [levels]. */
  readonly depth: number;
}

export interface MapTree extends Sized {
  readonly type: "map";
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface ListTree extends Sized {
  readonly type: "list";
  readonly items: readonly Tree[];
}

export interface Leaf extends Sized {
  readonly type: "leaf";
  readonly value: string | number | boolean | null;
}

export interface Entry {
  readonly key: Span;
  readonly value: Tree;
}

/** The most pieces a scenario may have once its aliases are written out. */
export const MOST_PIECES = 100_000;

/** Names every object answers to; as keys they would reach into the program instead of the data. */
export const FORBIDDEN_KEYS: readonly string[] = ["__proto__", "constructor", "prototype"];

/** A mistake found while growing the tree. */
export interface Flaw {
  readonly message: string;
  readonly span: Span;
}

export function mapTree(entries: ReadonlyMap<string, Entry>, span: Span): MapTree {
  return {
    type: "map",
    entries,
    span,
    ...measure([...entries.values()].map(({ value }) => value)),
  };
}

export function listTree(items: readonly Tree[], span: Span): ListTree {
  return { type: "list", items, span, ...measure(items) };
}

export function leaf(value: Leaf["value"], span: Span): Leaf {
  return { type: "leaf", value, span, size: 1, depth: 0 };
}

function measure(children: readonly Tree[]): { size: number; depth: number } {
  const size = children.reduce((sum, child) => sum + child.size, 1);
  const depth = children.reduce((most, child) => Math.max(most, child.depth), 0) + 1;
  return { size, depth };
}

/** The plain value of a tree. */
export function toValue(tree: Tree): unknown {
  if (tree.type === "leaf") return tree.value;
  if (tree.type === "list") return tree.items.map(toValue);
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, toValue(value)]));
}

/** The best place for a path: the piece itself, or what is nearest around it when it is missing. */
export function spanAt(tree: Tree, path: readonly (string | number)[], atKey = false): Span {
  let here = tree;
  let key: Span | undefined;
  let missing = false;
  for (const step of path) {
    const entry = childAt(here, String(step));
    missing = entry === undefined;
    if (!entry) break;
    here = entry.value;
    key = entry.key;
  }
  const hasWords = here.type === "leaf" && here.span.end > here.span.start;
  return key && (atKey || missing || !hasWords) ? key : opening(here);
}

/** The entry of a map, or the item of a list, by its key or position. */
export function childAt(tree: Tree, step: string): { key?: Span; value: Tree } | undefined {
  if (tree.type === "map") return tree.entries.get(step);
  const item = tree.type === "list" && /^\d+$/.test(step) ? tree.items[Number(step)] : undefined;
  return item && { value: item };
}

/** Of a map or list, only its beginning is worth underlining. */
function opening({ type, span }: Tree): Span {
  return type === "leaf" ? span : { ...span, end: Math.min(span.end, span.start + 1) };
}

/** Grows the tree of a parsed document, collecting what a scenario may not contain. */
export function grow(root: Node | null, source: Source): { tree: Tree; flaws: readonly Flaw[] } {
  const grower = new Grower(source);
  const tree = grower.grow(root);
  return { tree, flaws: grower.flaws };
}

class Grower {
  readonly flaws: Flaw[] = [];
  private readonly source: Source;
  /** What each anchor stands for by now; undefined while it is still growing. */
  private readonly anchors = new Map<string, Tree | undefined>();

  constructor(source: Source) {
    this.source = source;
  }

  grow(node: Node | null): Tree {
    const span = this.span(node);
    if (isAlias(node)) return this.follow(node.source, span);
    if (node?.anchor) this.anchors.set(node.anchor, undefined);
    if (node?.tag && !PLAIN_TAGS.includes(node.tag)) {
      this.flaws.push({ message: `the tag ${node.tag} is not used in scenarios; remove it`, span });
    }
    const tree = this.branch(node, span);
    if (tree.size > MOST_PIECES) return this.tooMuch(`more than ${MOST_PIECES} pieces`, span);
    if (tree.depth > DEEPEST_NESTING) return this.tooMuch(`${tree.depth} levels of nesting`, span);
    if (node?.anchor) this.anchors.set(node.anchor, tree);
    return tree;
  }

  private branch(node: Node | null, span: Span): Tree {
    if (isSeq(node))
      return listTree(
        node.items.map((item) => this.grow(item as Node)),
        span,
      );
    if (!isMap(node)) return leaf(isScalar(node) ? plain(node) : null, span);
    const entries = new Map<string, Entry>();
    for (const pair of node.items) {
      const key = pair.key as Node | null;
      const word = this.word(key, entries);
      const value = pair.value as Node | null;
      if (word !== undefined) entries.set(word, { key: this.span(key), value: this.grow(value) });
    }
    return mapTree(entries, span);
  }

  /** What an alias stands for; already grown, unless it stands inside itself. */
  private follow(name: string, span: Span): Tree {
    const tree = this.anchors.get(name);
    if (tree) return tree;
    const message = this.anchors.has(name)
      ? `the alias *${name} stands for something that contains it`
      : `the alias *${name} has no anchor &${name} before it`;
    this.flaws.push({ message, span });
    return leaf(null, span);
  }

  private tooMuch(found: string, span: Span): Tree {
    const message = `aliases make this ${found}; write fewer aliases of aliases`;
    this.flaws.push({ message, span: { ...span, end: span.start + 1 } });
    return leaf(null, span);
  }

  /** The key as a word, or undefined when it cannot be one. */
  private word(key: Node | null, taken: ReadonlyMap<string, Entry>): string | undefined {
    const word = isScalar(key) && key.value !== null ? String(key.value) : undefined;
    const message = word === undefined ? "a key must be a word" : keyFlaw(word, taken);
    if (message) this.flaws.push({ message, span: this.span(key) });
    return message ? undefined : word;
  }

  private span(node: Node | null): Span {
    const [start, end] = node?.range ?? [0, 0];
    return { source: this.source, start, end };
  }
}

const PLAIN_TAGS = ["str", "int", "float", "bool", "null", "map", "seq"].map(
  (name) => `tag:yaml.org,2002:${name}`,
);

function keyFlaw(word: string, taken: ReadonlyMap<string, Entry>): string | undefined {
  if (FORBIDDEN_KEYS.includes(word)) return `"${word}" cannot be a name; choose another`;
  if (word === "<<") return "maps are not merged with <<; use extends or variants";
  if (taken.has(word)) return `the key "${word}" is given twice; remove one`;
  return undefined;
}

function plain(scalar: Scalar): Leaf["value"] {
  const { value } = scalar;
  const isPlain = typeof value === "string" || typeof value === "number" || value === null;
  return isPlain || typeof value === "boolean" ? value : String(value);
}
