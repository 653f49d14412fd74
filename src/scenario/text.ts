/** One YAML text becomes a tree with places, or the list of everything wrong with it. */
import { parseAllDocuments, parseDocument, type Document, type YAMLError } from "yaml";
import { refusal } from "./guards.ts";
import { fileSource, placeOf, type PlacedIssue, type Source } from "./place.ts";
import { grow, type Tree } from "./tree.ts";

export type ParsedText =
  | { readonly ok: true; readonly tree: Tree }
  | { readonly ok: false; readonly issues: readonly PlacedIssue[] };

/** Parses the text of a file; a byte order mark is allowed and ignored. */
export function parseFile(file: string, text: string): ParsedText {
  const body = withoutMark(text);
  return parseText(body, fileSource(file, body));
}

/** The text as lines and columns are counted. */
export function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** Parses a text from any source. */
export function parseText(text: string, source: Source): ParsedText {
  const refused = refusal(text);
  if (refused) return { ok: false, issues: [issue(refused, source)] };
  return planted(parseDocument(text, OPTIONS), text, source);
}

/** Parses a file of any number of documents; what is wrong with one is wrong with all. */
export function parseDocuments(file: string, text: string): readonly ParsedText[] {
  const body = withoutMark(text);
  const source = fileSource(file, body);
  const refused = refusal(body);
  if (refused) return [{ ok: false, issues: [issue(refused, source)] }];
  const documents = parseAllDocuments(body, OPTIONS);
  return "empty" in documents ? [] : documents.map((each) => planted(each, body, source));
}

const OPTIONS = {
  version: "1.2",
  strict: true,
  // The tree finds keys given twice; here, every key would be compared with every other.
  uniqueKeys: false,
  merge: false,
  prettyErrors: false,
} as const;

function planted(document: Document.Parsed, text: string, source: Source): ParsedText {
  const problems = [...document.errors, ...document.warnings].map((problem) =>
    inOurWords(problem, text),
  );
  if (problems.length > 0) return { ok: false, issues: problems.map((one) => issue(one, source)) };
  const { tree, flaws } = grow(document.contents, source);
  if (flaws.length === 0) return { ok: true, tree };
  return {
    ok: false,
    issues: flaws.map(({ message, span }) => issue({ message, ...span }, source)),
  };
}

interface Problem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

function issue({ message, start, end }: Problem, source: Source): PlacedIssue {
  return { path: [], message, place: placeOf({ source, start, end }) };
}

/** YAML's own complaint, as a sentence that says what to do. */
function inOurWords({ code, message, pos: [start, end] }: YAMLError, text: string): Problem {
  const token = /^[^\s:,[\]{}]*/.exec(text.slice(start, start + 80))?.[0] ?? "";
  switch (code) {
    case "TAB_AS_INDENT":
      return { message: "a tab stands where YAML indents with spaces", start, end };
    case "TAG_RESOLVE_FAILED":
      return { message: `the tag ${token} is not used in scenarios; remove it`, start, end };
    case "MULTIPLE_DOCS":
      return { message: "a second document begins here; a scenario is one", start, end: start + 3 };
    case "BLOCK_AS_IMPLICIT_KEY":
      return { message: "a second colon stands on this line; put the text in quotes", start, end };
    default:
      return { message: `this is not YAML: ${lowerFirst(message)}`, start, end };
  }
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, "");
}
