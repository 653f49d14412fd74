/**
 * A part: some cells of a list with what came of them, in a file that can be joined with others.
 *
 *     {"format":"loadstar/part", … the question with its whole list of cells, and which shard this is}
 *     {"cell":2,"found":[…]}
 *     {"cell":9,"found":[…]}
 *     {"cells":2,"sha256":"…"}            only when it is finished; of the lines above it but the first
 *
 * Files come from elsewhere. What does not fit is refused with the name of the file and the reason.
 */
import { z } from "zod";
import { VERSION } from "../version.ts";
import { Cells, cellListSchema, sha256, type CellList } from "./list.ts";
import { readLine, type Answer } from "./lines.ts";

/** What a verb asks: the cells, and what it needs beside their answers to tell what came of them. */
export interface Question {
  readonly verb: string;
  readonly about: unknown;
  readonly list: CellList;
}

/** Every `of`-th cell, beginning with cell `at` - 1: neighbours cost alike, so shards do too. */
export interface Shard {
  readonly at: number;
  readonly of: number;
}

/** The most shards of one list. */
export const MOST_SHARDS = 10_000;

const shardSchema = z
  .strictObject({ at: z.int().min(1), of: z.int().min(1).max(MOST_SHARDS) })
  .refine(({ at, of }) => at <= of, "there is no such shard");

const headSchema = z.strictObject({
  format: z.literal("loadstar/part"),
  version: z.literal("1.0"),
  engine: z.string(),
  /** Of the question: parts with the same id are parts of the same whole. */
  id: z.string(),
  shard: shardSchema,
  verb: z.string().max(100),
  about: z.unknown(),
  list: cellListSchema,
});

const endSchema = z.strictObject({ cells: z.int().min(0), sha256: z.string() });

/** A part that cannot be used. The message names it and says why. */
export class PartRefused extends Error {
  override readonly name = "PartRefused";
}

/** The same question has the same id. */
export function questionId({ verb, about, list }: Question): string {
  return sha256(JSON.stringify([verb, about, list])).slice(0, 16);
}

/** The numbers of a shard's cells. */
export function cellsOf({ at, of }: Shard, size: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((size - at + 1) / of)) },
    (_, i) => at - 1 + i * of,
  );
}

/** The first line of a part. */
export function headOf(question: Question, shard: Shard): string {
  const { verb, about, list } = question;
  const format = "loadstar/part";
  const id = questionId(question);
  return JSON.stringify({ format, version: "1.0", engine: VERSION, id, shard, verb, about, list });
}

/** A whole part, its lines in the order of the cells: the same shard has the same bytes. */
export function finished(head: string, lines: ReadonlyMap<number, string>): string {
  const ordered = [...lines].sort(([one], [other]) => one - other).map(([, line]) => line);
  const end = { cells: ordered.length, sha256: sha256(ordered.join("\n")) };
  return [head, ...ordered, JSON.stringify(end), ""].join("\n");
}

/** A part as it was read. */
export interface Part {
  /** What its file is called. */
  readonly name: string;
  readonly id: string;
  readonly shard: Shard;
  readonly question: Question;
  readonly lines: ReadonlyMap<number, string>;
  readonly answers: ReadonlyMap<number, Answer>;
  readonly isFinished: boolean;
}

/**
 * Reads a part. One that is not finished ends where its program was killed, perhaps in the middle of
 * a line; everything before that counts.
 */
export function readPart(name: string, text: string): Part {
  const refuse = (why: string) => new PartRefused(`${name}: ${why}`);
  const [first, ...rest] = text.split("\n");
  const head = headIn(first!, refuse);
  const { id, shard, verb, about, list } = head;
  const question = { verb, about, list };
  if (questionId(question) !== id) throw refuse("what it asks was changed after it was written");
  const wanted = new Set(cellsOf(shard, new Cells(list).size));
  const lines = new Map<number, string>();
  const answers = new Map<number, Answer>();
  const part = { name, id, shard, question, lines, answers };
  for (const [at, line] of rest.entries()) {
    const isLast = at === rest.length - 1;
    const read = readLine(line, list.wanted);
    if (!read) {
      const end = endSchema.safeParse(jsonOf(line));
      if (end.success && rest.slice(at + 1).join("") === "")
        return { ...part, isFinished: closes(part, end.data, refuse) };
      if (isLast) break;
      throw refuse(`is damaged in line ${at + 2}`);
    }
    // Without the end of its line, it may be the beginning of a longer number.
    if (isLast) break;
    const { cell, answer } = read;
    if (!wanted.has(cell)) throw refuse(`cell ${cell} is not one of ${shardName(shard)}`);
    if (lines.has(cell)) throw refuse(`cell ${cell} is in it twice`);
    lines.set(cell, line);
    answers.set(cell, answer);
  }
  return { ...part, isFinished: false };
}

type Refuse = (why: string) => PartRefused;

function headIn(line: string, refuse: Refuse): z.output<typeof headSchema> {
  const value = jsonOf(line) as Record<string, unknown> | null;
  if (value?.["format"] !== "loadstar/part") throw refuse("is no part of a list of cells");
  if (value["engine"] !== VERSION)
    throw refuse(
      `was made by Loadstar ${said(value["engine"])}; this is ${VERSION}, and versions are not mixed`,
    );
  const head = headSchema.safeParse(value);
  if (head.success) return head.data;
  const [issue] = head.error.issues;
  throw refuse(`is damaged at ${issue?.path.join(".")}: ${issue?.message}`);
}

function closes(
  { lines, shard, question }: Pick<Part, "lines" | "shard" | "question">,
  end: z.output<typeof endSchema>,
  refuse: Refuse,
): boolean {
  if (sha256([...lines.values()].join("\n")) !== end.sha256)
    throw refuse("is damaged: its lines are not those it was finished with");
  const expected = cellsOf(shard, new Cells(question.list).size).length;
  if (lines.size !== expected || end.cells !== expected)
    throw refuse(`has ${lines.size} cells, and ${shardName(shard)} has ${expected}`);
  return true;
}

/** The whole of which these are the parts, whatever their order. Gaps, overlaps and strangers are refused. */
export function joined(parts: readonly Part[]): {
  readonly question: Question;
  readonly answers: ReadonlyMap<number, Answer>;
} {
  const [first] = parts as readonly [Part, ...Part[]];
  const answers = new Map<number, Answer>();
  const holder = new Map<number, string>();
  for (const part of parts) {
    if (part.id !== first.id)
      throw new PartRefused(
        `${part.name}: is a part of ${part.id}, and ${first.name} of ${first.id}; only parts of one whole are joined`,
      );
    if (!part.isFinished)
      throw new PartRefused(
        `${part.name}: is not finished, it has ${part.lines.size} cells; its command goes on with --resume`,
      );
    for (const [cell, answer] of part.answers) {
      const other = holder.get(cell);
      if (other !== undefined)
        throw new PartRefused(`${part.name}: overlaps with ${other}: both have cell ${cell}`);
      holder.set(cell, part.name);
      answers.set(cell, answer);
    }
  }
  const { size } = new Cells(first.question.list);
  if (answers.size < size) throw new PartRefused(gapsIn(parts, size - answers.size, size));
  const ordered = [...answers].sort(([one], [other]) => one - other);
  return { question: first.question, answers: new Map(ordered) };
}

function gapsIn(parts: readonly Part[], missing: number, size: number): string {
  const { of } = parts[0]!.shard;
  const short = `${missing} of ${size} cells are missing`;
  if (parts.some(({ shard }) => shard.of !== of)) return short;
  const here = new Set(parts.map(({ shard }) => shard.at));
  const away = Array.from({ length: of }, (_, at) => at + 1).filter((at) => !here.has(at));
  const names = away.slice(0, 10).join(", ") + (away.length > 10 ? ", …" : "");
  return `${short}: ${away.length === 1 ? "shard" : "shards"} ${names} of ${of}`;
}

export function shardName({ at, of }: Shard): string {
  return `shard ${at} of ${of}`;
}

/** What stands where a version should, short enough to be printed. */
function said(value: unknown): string {
  return typeof value === "string" && /^[\w.+-]{1,40}$/.test(value) ? value : "of no known version";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
