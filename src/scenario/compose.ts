/**
 * A scenario from all that says something about it: the files it extends, itself, a variant, and
 * the replacements of the command line, each saying the last word over the one before.
 *
 * Maps merge, lists and single values replace, null takes away. A map that changes its `kind`
 * replaces too: the options of another kind mean nothing to the new one.
 */
import { posix } from "node:path";
import { didYouMean } from "../schema/suggest.ts";
import { epochSeconds } from "../model/calendar.ts";
import { openSloPromises } from "./openSlo.ts";
import { flagSource, placeOf, type PlacedIssue, type Span } from "./place.ts";
import { parseDocuments, parseFile, parseText, withoutMark } from "./text.ts";
import { childAt, FORBIDDEN_KEYS, listTree, mapTree, spanAt, toValue } from "./tree.ts";
import type { Entry, MapTree, Tree } from "./tree.ts";
import type { FilePlace, Issue } from "../schema/issue.ts";

/** The longest chain of files that extend one another. */
export const LONGEST_CHAIN = 8;
/** The longest dotted path of a variant or a replacement [steps]. */
export const LONGEST_PATH = 16;

/** The most variants of one scenario [variants]; each is checked as a scenario of its own. */
export const MOST_VARIANTS = 50;

export interface Sources {
  /** What messages call the scenario: its path as the user typed it. */
  readonly file: string;
  /** Reads a file beside the scenario, by its path from the scenario's folder; throws when it cannot. */
  readonly readFile?: (path: string) => string;
  /** Replacements, `path=value`, the last one strongest. */
  readonly set?: readonly string[];
  /** The variant to apply, if any. */
  readonly variant?: string | null;
}

export interface Composed {
  readonly ok: true;
  /** The scenario as plain data, without `extends` and `variants`. */
  readonly value: Readonly<Record<string, unknown>>;
  /** The same as a tree that remembers where each piece was written. */
  readonly tree: MapTree;
  /** The variant that was applied and where it is written. */
  readonly variant: { readonly name: string; readonly span: Span } | null;
  /** The names of the variants it declares. */
  readonly variants: readonly string[];
  /** The same with a variant applied, instead of the one it was read with. */
  vary(variant: string): Composed | NotComposed;
  /** Gives an issue of the value its place in a file or flag. */
  place(issue: Issue): PlacedIssue;
  /** The files read, by name, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface NotComposed {
  readonly ok: false;
  readonly issues: readonly PlacedIssue[];
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads a scenario's text and everything it builds on. */
export function readScenarioText(text: string, sources: Sources): Composed | NotComposed {
  const { file, variant = null } = sources;
  const composer = new Composer(sources);
  const whole = composer.file(posix.basename(file), text, []);
  const { issues, texts } = composer;
  if (!whole || issues.length > 0) return { ok: false, issues, texts };
  return composer.compose(whole, variant);
}

class Composer {
  /** What was found wrong since the last composition began. */
  issues: PlacedIssue[] = [];
  readonly texts = new Map<string, string>();
  private readonly sources: Sources;

  constructor(sources: Sources) {
    this.sources = sources;
  }

  /** A file merged over what it extends, with a variant and the replacements applied. */
  compose(whole: MapTree, variant: string | null): Composed | NotComposed {
    this.issues = [];
    const variants = this.variantsOf(whole);
    let tree = this.withVariant(without(whole, "variants"), variants, variant);
    for (const assignment of this.sources.set ?? []) tree = this.withReplacement(tree, assignment);
    tree = this.withPromises(tree);
    const { issues, texts } = this;
    if (issues.length > 0) return { ok: false, issues, texts };
    return {
      ok: true,
      value: toValue(tree) as Record<string, unknown>,
      tree,
      variant: variant === null ? null : { name: variant, span: variants.get(variant)!.value.span },
      variants: [...variants.keys()],
      vary: (other) => this.compose(whole, other),
      place: ({ row, ...issue }) => ({
        ...issue,
        place: row ? this.placeOfRow(row) : placeOf(spanAt(tree, issue.path, issue.atKey)),
      }),
      texts,
    };
  }

  /** The file at a path from the scenario's folder, merged over what it extends. */
  file(path: string, text: string, chain: readonly string[]): MapTree | undefined {
    const name = posix.join(posix.dirname(this.sources.file), path);
    this.texts.set(name, withoutMark(text));
    const parsed = parseFile(name, text);
    if (!parsed.ok) {
      this.issues.push(...parsed.issues);
      return undefined;
    }
    if (parsed.tree.type !== "map") return this.refuse(notAMap(parsed.tree), parsed.tree.span);
    const parent = parsed.tree.entries.get("extends");
    if (!parent) return parsed.tree;
    const base = this.extended(parent.value, [...chain, path]);
    return base && (merge(base, without(parsed.tree, "extends")) as MapTree);
  }

  private extended(wanted: Tree, chain: readonly string[]): MapTree | undefined {
    const said = wanted.type === "leaf" && typeof wanted.value === "string" ? wanted.value : "";
    const path = posix.normalize(posix.join(posix.dirname(chain.at(-1) ?? ""), said));
    const problem = this.extendProblem(said, path, chain);
    if (problem) return this.refuse(problem, wanted.span);
    const text = this.read(path, wanted.span);
    return text === undefined ? undefined : this.file(path, text, chain);
  }

  private extendProblem(said: string, path: string, chain: readonly string[]): string | undefined {
    if (said === "") return "extends needs the path of one file, such as ./base.yaml";
    const problem = outside(said, path);
    if (problem) return problem;
    if (chain.includes(path)) return `the files extend each other: ${[...chain, path].join(" → ")}`;
    if (chain.length > LONGEST_CHAIN) {
      return `more than ${LONGEST_CHAIN} files extend one another; join some of them`;
    }
    return undefined;
  }

  private read(path: string, span: Span): string | undefined {
    const { readFile } = this.sources;
    if (!readFile) return this.refuse("a scenario without a folder has no files beside it", span);
    try {
      return readFile(path);
    } catch (problem) {
      return this.refuse(`cannot read ${path}: ${readProblem(problem)}`, span);
    }
  }

  /** Files that a scenario names are called by their way from where it was read, as it is itself. */
  private placeOfRow(row: FilePlace): FilePlace {
    return { ...row, file: posix.join(posix.dirname(this.sources.file), row.file) };
  }

  private variantsOf(whole: MapTree): MapTree["entries"] {
    const declared = whole.entries.get("variants")?.value;
    if (!declared || isNull(declared)) return new Map();
    if (declared.type !== "map") {
      this.refuse("variants are a map: each a name and what it changes", declared.span);
      return new Map();
    }
    if (declared.entries.size > MOST_VARIANTS) {
      const found = declared.entries.size;
      this.refuse(`found ${found} variants; expected at most ${MOST_VARIANTS}`, declared.span);
      return new Map();
    }
    return declared.entries;
  }

  private withVariant(tree: MapTree, variants: MapTree["entries"], wanted: string | null): MapTree {
    if (wanted === null) return tree;
    const variant = variants.get(wanted)?.value;
    if (variant) return this.overlay(tree, variant);
    this.issues.push(unknownVariant(wanted, [...variants.keys()]));
    return tree;
  }

  /** Keys with dots replace what stands at that path; plain keys merge. */
  private overlay(tree: MapTree, variant: Tree): MapTree {
    if (variant.type === "leaf" && variant.value === null) return tree;
    if (variant.type !== "map") {
      this.refuse("a variant is a map of what it changes", variant.span);
      return tree;
    }
    let result = tree;
    for (const [key, entry] of variant.entries) {
      result = key.includes(".")
        ? this.replace(result, key, entry)
        : (merge(result, mapTree(new Map([[key, entry]]), variant.span)) as MapTree);
    }
    return result;
  }

  /** Objectives from the OpenSLO documents they name. */
  private withPromises(tree: MapTree): MapTree {
    const objectives = tree.entries.get("objectives");
    if (objectives?.value.type !== "list") return tree;
    const items = objectives.value.items.flatMap((item) => this.promisesOf(item, tree));
    const entries = new Map(tree.entries);
    entries.set("objectives", { ...objectives, value: listTree(items, objectives.value.span) });
    return mapTree(entries, tree.span);
  }

  private promisesOf(item: Tree, whole: MapTree): readonly Tree[] {
    const named = childAt(item, "openslo")?.value;
    if (!named || item.type !== "map") return [item];
    const stranger = [...item.entries].find(([key]) => !["openslo", "of", "unit"].includes(key));
    const unit = childAt(item, "unit")?.value;
    const said = unit?.type === "leaf" ? unit.value : "s";
    if (stranger) this.refuse(`${stranger[0]} is for the document to say`, stranger[1].key);
    if (said !== "s" && said !== "ms") this.refuse("expected `unit` s or ms", unit!.span);
    const documents = this.documents(named);
    const clock = childAt(childAt(whole, "run")?.value ?? whole, "clock")?.value;
    const { promises, flaws } = openSloPromises(documents, {
      span: named.span,
      of: childAt(item, "of")?.value,
      unit: String(said),
      clock: clock?.type === "leaf" && isInstant(clock.value) ? clock.value : null,
    });
    if (documents.length > 0 || this.issues.length === 0)
      for (const { message, span } of flaws) this.refuse(message, span);
    return promises;
  }

  private documents(named: Tree): Tree[] {
    const said = named.type === "leaf" && typeof named.value === "string" ? named.value : "";
    const path = posix.normalize(said);
    const problem = said === "" ? "openslo needs the path of a file" : outside(said, path);
    const text = problem ? this.refuse(problem, named.span) : this.read(path, named.span);
    if (text === undefined) return [];
    const name = posix.join(posix.dirname(this.sources.file), path);
    this.texts.set(name, withoutMark(text));
    return parseDocuments(name, text).flatMap((parsed) => {
      if (parsed.ok) return [parsed.tree];
      this.issues.push(...parsed.issues);
      return [];
    });
  }

  private withReplacement(tree: MapTree, assignment: string): MapTree {
    const source = flagSource(`--set ${assignment}`);
    const span = { source, start: 0, end: assignment.length };
    const [path = "", text] = cut(assignment);
    if (path === "" || text === undefined) {
      this.refuse("expected path=value, such as parts.web.slots=8", span);
      return tree;
    }
    const parsed = parseText(text, source);
    if (parsed.ok) return this.replace(tree, path, { key: span, value: parsed.tree });
    this.issues.push(...parsed.issues);
    return tree;
  }

  private replace(tree: MapTree, path: string, entry: Entry): MapTree {
    const steps = path.split(".");
    const bad = steps.find((step) => step === "" || FORBIDDEN_KEYS.includes(step));
    if (bad !== undefined || steps.length > LONGEST_PATH) {
      this.refuse(`"${path.slice(0, 80)}" is not a path such as parts.web.slots`, entry.key);
      return tree;
    }
    const replaced = replaceAt(tree, steps, entry);
    if (typeof replaced !== "string") return replaced as MapTree;
    this.refuse(replaced, entry.key);
    return tree;
  }

  private refuse(message: string, span: Span): undefined {
    this.issues.push({ path: [], message, place: placeOf(span) });
  }
}

/** The second over the first: maps merge, anything else replaces. */
export function merge(under: Tree, over: Tree): Tree {
  if (under.type !== "map" || over.type !== "map" || changesKind(under, over)) return over;
  const entries = new Map(under.entries);
  for (const [key, entry] of over.entries) {
    const before = entries.get(key)?.value;
    if (isNull(entry.value)) entries.delete(key);
    else entries.set(key, before ? { ...entry, value: merge(before, entry.value) } : entry);
  }
  return mapTree(entries, over.span);
}

function changesKind(under: MapTree, over: MapTree): boolean {
  const before = under.entries.get("kind")?.value;
  const after = over.entries.get("kind")?.value;
  return after?.type === "leaf" && before?.type === "leaf" && after.value !== before.value;
}

/** The tree with another value at a path, or why the path leads nowhere. */
function replaceAt(tree: Tree, steps: readonly string[], entry: Entry): Tree | string {
  const [step, ...rest] = steps as [string, ...string[]];
  const child = childAt(tree, step)?.value;
  if (tree.type === "leaf")
    return `nothing can be set at ${step}: ${String(tree.value)} is no map or list`;
  if (tree.type === "list" && !child)
    return `the list has no position ${step}; it has ${tree.items.length}`;
  const empty = mapTree(new Map(), entry.key);
  const value = rest.length > 0 ? replaceAt(child ?? empty, rest, entry) : entry.value;
  if (typeof value === "string") return value;
  if (tree.type === "list") {
    return listTree(
      tree.items.map((item) => (item === child ? value : item)),
      tree.span,
    );
  }
  const entries = new Map(tree.entries);
  if (rest.length === 0 && isNull(value)) entries.delete(step);
  else
    entries.set(step, {
      key: rest.length === 0 ? entry.key : (entries.get(step)?.key ?? entry.key),
      value,
    });
  return mapTree(entries, tree.span);
}

function unknownVariant(wanted: string, variants: readonly string[]): PlacedIssue {
  const suggestion = didYouMean(wanted, variants);
  const known = variants.length > 0 ? `known are ${variants.join(", ")}` : "it has none";
  const message = `the scenario has no variant "${wanted}"${suggestion ? "" : `; ${known}`}`;
  const place = { flag: `--variant ${wanted}` };
  return suggestion ? { path: [], message, place, suggestion } : { path: [], message, place };
}

function without(tree: MapTree, key: string): MapTree {
  const entries = new Map(tree.entries);
  entries.delete(key);
  return mapTree(entries, tree.span);
}

function outside(said: string, path: string): string | undefined {
  const leaves = path === ".." || path.startsWith("../") || /^[/~]|^\w+:|\\/.test(said);
  return leaves ? `"${said}" is outside the scenario's folder, which is not read` : undefined;
}

function isInstant(value: unknown): value is string {
  return typeof value === "string" && epochSeconds(value) !== null;
}

function isNull(tree: Tree): boolean {
  return tree.type === "leaf" && tree.value === null;
}

function notAMap(tree: Tree): string {
  if (isNull(tree)) return "the file is empty; loadstar init writes a scenario to start from";
  const found = tree.type === "list" ? "a list" : "a single value";
  return `found ${found}; expected a map with title, run, workloads, parts, …`;
}

function readProblem(problem: unknown): string {
  const { code, message } = problem as { code?: string; message?: string };
  return code === "ENOENT" ? "there is no such file" : (message ?? String(problem));
}

function cut(assignment: string): [string?, string?] {
  const at = assignment.indexOf("=");
  return at < 0 ? [assignment] : [assignment.slice(0, at).trim(), assignment.slice(at + 1)];
}
