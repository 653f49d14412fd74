/**
 * What is checked before a stranger's YAML reaches the parser.
 *
 * The parser recurses, and 20,000 open brackets end the process where nothing can catch it; so
 * nesting is measured first, on the stack of YAML's own token parser, which does not recurse.
 */
import { Lexer, Parser } from "yaml";

/** The largest scenario file [bytes]. */
export const LARGEST_FILE = 1024 * 1024;
/** The deepest nesting of maps and lists [levels]. */
export const DEEPEST_NESTING = 64;

/** What a guard found, and at which offset of the text. */
export interface Refusal {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** The first reason not to parse the text, if there is one. */
export function refusal(text: string): Refusal | undefined {
  return tooLarge(text) ?? notText(text) ?? otherVersion(text) ?? tooDeep(text);
}

function tooLarge(text: string): Refusal | undefined {
  const size = Buffer.byteLength(text);
  if (size <= LARGEST_FILE) return undefined;
  const message = `the file has ${size} bytes, more than 1 MiB; split it with extends`;
  return { message, start: 0, end: 0 };
}

/** Bytes that were not UTF-8 arrive as U+FFFD; control characters could drive the terminal we print to. */
function notText(text: string): Refusal | undefined {
  const start = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/);
  if (start < 0) return undefined;
  const message = "a character here is not text; save the file as UTF-8";
  return { message, start, end: start + 1 };
}

function otherVersion(text: string): Refusal | undefined {
  const match = /^%YAML[ \t]+(?!1\.2\s)\S*/m.exec(text);
  if (!match) return undefined;
  const message = `a scenario is YAML 1.2, where yes and no are words; remove ${match[0]}`;
  return { message, start: match.index, end: match.index + match[0].length };
}

function tooDeep(text: string): Refusal | undefined {
  const parser = new Parser();
  let start = 0;
  for (const token of new Lexer().lex(text)) {
    for (const _ of parser.next(token)) void _;
    if (parser.stack.length > DEEPEST_NESTING && nesting(parser) > DEEPEST_NESTING) {
      const message = `maps and lists are nested deeper than ${DEEPEST_NESTING} levels; flatten them`;
      return { message, start, end: start + token.length };
    }
    start = parser.offset;
  }
  return undefined;
}

/** Maps and lists open at this point; the stack also holds the document and unfinished scalars. */
function nesting({ stack }: Parser): number {
  return stack.filter(({ type }) => COLLECTIONS.includes(type)).length;
}

const COLLECTIONS: readonly string[] = ["block-map", "block-seq", "flow-collection"];
