/**
 * The lines of a file, one after another, in constant memory: one chunk is held, and the beginning of
 * a line that goes on in the next.
 *
 * Bytes become characters one by one (Latin-1), which is fast and loses nothing: `readable` gives the
 * UTF-8 they were, for messages.
 */
import type { Bytes } from "./bytes.ts";

/** Read at once [bytes]. */
export const CHUNK = 64 * 1024;
/** The longest line [bytes]; more of it is skipped. */
export const LONGEST_LINE = 16 * 1024;

export class Lines {
  /** Number of the line last given, from 1 -- state. */
  number = 0;
  /** Whether the line last given was longer than is read -- state. */
  isCut = false;
  private readonly bytes: Bytes;
  private readonly chunk = Buffer.alloc(CHUNK);
  private position = 0;
  private text = "";
  private at = 0;

  constructor(bytes: Bytes) {
    this.bytes = bytes;
  }

  /** The next line without its end; null after the last. */
  next(): string | null {
    let head = "";
    this.isCut = false;
    for (;;) {
      const end = this.text.indexOf("\n", this.at);
      const rest = this.text.slice(this.at, end < 0 ? undefined : end);
      head = this.joined(head, rest);
      if (end >= 0) {
        this.at = end + 1;
        return this.counted(head);
      }
      if (!this.refill()) return head === "" && !this.isCut ? null : this.counted(head);
    }
  }

  private joined(head: string, rest: string): string {
    if (head.length + rest.length <= LONGEST_LINE) return head + rest;
    this.isCut = true;
    return (head + rest.slice(0, LONGEST_LINE)).slice(0, LONGEST_LINE);
  }

  private counted(line: string): string {
    this.number++;
    const start = this.number === 1 && line.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0; // byte order mark
    return line.slice(start, line.endsWith("\r") ? -1 : undefined);
  }

  private refill(): boolean {
    const length = this.bytes.read(this.chunk, this.position);
    this.position += length;
    this.text = this.chunk.toString("latin1", 0, length);
    this.at = 0;
    return length > 0;
  }
}

/** Text of a file as people wrote it. */
export function readable(text: string): string {
  return Buffer.from(text, "latin1").toString("utf8");
}

/** Text of a scenario as it stands in a file. */
export function asRead(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** What stands between the fields of a table. */
export const separators = [",", ";", "tab"] as const;
export type Separator = (typeof separators)[number];

/** The quotes that end a field. */
const closings = { ",": /"(?=,|$)/g, ";": /"(?=;|$)/g, tab: /"(?=\t|$)/g };

/** The fields of a row of separated values; quotes as in RFC 4180, but no line ends in them. */
export function fieldsOf(row: string, separator: Separator): string[] {
  const between = separator === "tab" ? "\t" : separator;
  if (!row.includes('"')) return row.split(between);
  const fields: string[] = [];
  for (let at = 0; at <= row.length; at++) {
    const isQuoted = row[at] === '"';
    const closing = closings[separator];
    closing.lastIndex = at + 1;
    const quote = isQuoted ? (closing.exec(row)?.index ?? row.length) : -1;
    const comma = row.indexOf(between, isQuoted ? quote : at);
    const end = comma < 0 ? row.length : comma;
    fields.push(isQuoted ? row.slice(at + 1, quote).replaceAll('""', '"') : row.slice(at, end));
    at = end;
  }
  return fields;
}
