/** The names in a scenario that calls may lead to, and what is said of a name that leads nowhere. */
import type { PartSpec } from "../model/parts/index.ts";
import { ANY_OPERATION, type Anatomy } from "../model/parts/part.ts";
import type { Issue } from "../schema/issue.ts";
import { didYouMean } from "../schema/suggest.ts";
import { anatomyOf } from "./topology.ts";

export type Path = readonly (string | number)[];

/**
 * Whether what stands at a path, or around it, or in it down to a depth (any, unless given), is not
 * what the author wrote.
 */
export type Doubt = (path: Path, depth?: number) => boolean;

/** Levels below a part at which its operations get their names. */
const NAMES_OF_OPERATIONS = 2;

/** What there is to call. */
export class PlatformNames {
  readonly isDoubtful: Doubt;
  private readonly parts: Readonly<Record<string, PartSpec>>;

  constructor(specs: Readonly<Record<string, PartSpec>>, isDoubtful: Doubt) {
    this.parts = specs;
    this.isDoubtful = isDoubtful;
  }

  get names(): string[] {
    return Object.keys(this.parts);
  }

  has(part: string): boolean {
    return Object.hasOwn(this.parts, part);
  }

  anatomy(part: string): Anatomy<unknown> {
    return anatomyOf(this.parts[part]!);
  }

  references(part: string) {
    const references = this.anatomy(part).references(this.parts[part]);
    return references.filter(({ path }) => !this.isDoubtful(["parts", part, ...path]));
  }

  /** Names of the parts of which something holds, or may hold. */
  namesOf(holds: (anatomy: Anatomy<unknown>) => boolean): string[] {
    return this.names.filter((part) => this.isVague(part) || holds(this.anatomy(part)));
  }

  /** A name that leads nowhere, unless the part was there under a name that is none. */
  unknown(path: Path, found: string, atKey = false): Issue[] {
    return this.isVague(found) ? [] : unknown(path, "part", found, this.names, atKey);
  }

  isVague(part: string): boolean {
    return this.isDoubtful(["parts", part], NAMES_OF_OPERATIONS);
  }

  hasVagueFleet(part: string): boolean {
    return this.isDoubtful(["parts", part, "fleet", "zones"]);
  }

  /** Operations of a part, a balancer's being those of the part behind it; null when that is nowhere. */
  operations(part: string, seen: readonly string[] = []): readonly string[] | null {
    if (!this.has(part) || this.isVague(part) || seen.includes(part)) return null;
    const own = this.anatomy(part).operations(this.parts[part]);
    return "like" in own ? this.operations(own.like, [...seen, part]) : own;
  }

  private usualOperation(part: string): string | null {
    const { operations, usualOperation } = this.anatomy(part);
    const own = operations(this.parts[part]);
    return "like" in own ? this.usualOperation(own.like) : (usualOperation ?? null);
  }

  offers(part: string, operation: string): boolean {
    const operations = this.operations(part);
    if (operations === null) return true;
    const isClear = operations.length === 1 || this.usualOperation(part) !== null;
    return (
      (operation === ANY_OPERATION && isClear) ||
      operations.includes(operation) ||
      operations.includes(ANY_OPERATION)
    );
  }
}

export function missingOperation(
  path: Path,
  part: string,
  operation: string,
  platform: PlatformNames,
): Issue[] {
  if (platform.offers(part, operation)) return [];
  const operations = platform.operations(part) ?? [];
  const message =
    operation === ANY_OPERATION
      ? `${part} needs to be told which operation; expected ${list(operations.map((each) => `${part}.${each}`))}`
      : `part ${part} has no operation "${operation}"; it has ${list(operations)}`;
  return [withSuggestion({ path, message }, operation, operations)];
}

/** The same where the operation must have that very name: what serves every name is no other one. */
export function unnamedOperation(
  path: Path,
  part: string,
  operation: string,
  platform: PlatformNames,
): Issue[] {
  const operations = platform.operations(part);
  if (operations === null || operations.includes(operation)) return [];
  const message = `part ${part} has no operation "${operation}" of its own; it has ${list(operations)}`;
  return [withSuggestion({ path, message }, operation, operations)];
}

export function unknown(
  path: Path,
  what: string,
  found: string,
  known: readonly string[],
  atKey = false,
): Issue[] {
  if (known.includes(found)) return [];
  const message = `there is no ${what} "${found}"${known.length > 12 ? "" : `; there is ${list(known)}`}`;
  return [withSuggestion(atKey ? { path, message, atKey } : { path, message }, found, known)];
}

function withSuggestion(issue: Issue, found: string, known: readonly string[]): Issue {
  const suggestion = didYouMean(found, known);
  return suggestion === undefined ? issue : { ...issue, suggestion };
}

function list(words: readonly string[]): string {
  return words.length === 0 ? "none" : [...new Set(words)].join(", ");
}
