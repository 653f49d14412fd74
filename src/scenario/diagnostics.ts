/**
 * Prints issues as compilers do: `file:line:column: error: …`, the line, and a mark under the words.
 *
 * What is printed came from a stranger's file, so nothing in it can move the cursor of a terminal.
 */
import { styleText } from "node:util";
import type { Issue } from "../schema/issue.ts";
import { MOST_ISSUES } from "../schema/issues.ts";
import type { PlacedIssue, TextPlace } from "./place.ts";

export interface Print {
  /** The texts of the files by name, for the code frames. */
  readonly texts: ReadonlyMap<string, string>;
  readonly colour: boolean;
}

/** Longer lines are shown around the mark only [characters]. */
const FRAME_WIDTH = 96;

/** All issues sorted by place, and their number at the end. */
export function printIssues(issues: readonly PlacedIssue[], { texts, colour }: Print): string {
  const paint: Paint = colour
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text;
  const lines = new Map([...texts].map(([file, text]) => [file, text.split(/\r?\n/)]));
  const blocks = sorted(issues)
    .slice(0, MOST_ISSUES)
    .map((issue) => block(issue, lines, paint));
  return [...blocks, paint("bold", total(issues.length))].join("\n\n");
}

function total(count: number): string {
  const more = count >= MOST_ISSUES ? "at least " : "";
  return `${more}${count} ${count === 1 ? "error" : "errors"}`;
}

type Lines = ReadonlyMap<string, readonly string[]>;
type Format = "bold" | "red" | "dim" | "cyan";
type Paint = (format: Format, text: string) => string;

/** By file, in the order the files first appear; then by line and column; flags come last. */
export function sorted(issues: readonly PlacedIssue[]): readonly PlacedIssue[] {
  const files = [...new Set(issues.map(({ place }) => ("file" in place ? place.file : "")))];
  const rank = ({ place }: PlacedIssue) =>
    "file" in place ? [files.indexOf(place.file), place.line, place.column] : [Infinity, 0, 0];
  return [...issues].sort((left, right) => {
    const [a, b] = [rank(left), rank(right)];
    const differs = a.findIndex((value, index) => value !== b[index]);
    return differs < 0 ? 0 : (a[differs] as number) - (b[differs] as number);
  });
}

function block(issue: PlacedIssue, lines: Lines, paint: Paint): string {
  const { place } = issue;
  const where = "file" in place ? `${place.file}:${place.line}:${place.column}` : place.flag;
  const head = `${paint("bold", `${visible(where)}:`)} ${paint("red", "error:")} ${sentence(issue)}`;
  const line = "file" in place ? lines.get(place.file)?.[place.line - 1] : undefined;
  return line === undefined ? head : `${head}\n${frame(place as TextPlace, line, paint)}`;
}

/** The issue in one line: path, what is wrong, what was meant. */
export function sentence({ path, message, suggestion }: Issue): string {
  const where = path.length > 0 ? `${path.join(".")}: ` : "";
  const meant = suggestion === undefined ? "" : `; did you mean ${quoted(suggestion)}?`;
  return visible(`${where}${message}${meant}`);
}

function quoted(suggestion: string): string {
  return suggestion.startsWith('"') ? suggestion : `"${suggestion}"`;
}

function frame({ line, column, length }: TextPlace, whole: string, paint: Paint): string {
  const { shown, start } = excerpt(whole.replace(/\t/g, " "), column - 1);
  const marked = shown.slice(start, start + Math.max(1, length));
  const mark = " ".repeat(width(shown.slice(0, start))) + "^".repeat(Math.max(1, width(marked)));
  const gutter = String(line).padStart(5);
  return [
    `${paint("dim", `${gutter} |`)} ${visible(shown)}`,
    `${paint("dim", `${" ".repeat(5)} |`)} ${paint("cyan", mark)}`,
  ].join("\n");
}

/** The line, or the stretch of a long one around the mark, and where the mark is in it. */
function excerpt(whole: string, mark: number): { shown: string; start: number } {
  if (whole.length <= FRAME_WIDTH) return { shown: whole, start: mark };
  const last = whole.length - FRAME_WIDTH;
  const from = Math.max(0, Math.min(mark - Math.floor(FRAME_WIDTH / 2), last));
  const before = from > 0 ? "…" : "";
  const after = from < last ? "…" : "";
  const shown = before + whole.slice(from, from + FRAME_WIDTH) + after;
  return { shown, start: mark - from + before.length };
}

/** Columns a text takes in a terminal: Chinese, Japanese and Korean characters take two. */
function width(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g;

/** Control characters as their code, so that they can be seen and do nothing. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
