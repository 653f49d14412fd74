/**
 * What travels through the queue: which cells of which list a worker is to simulate, and what came
 * of them. The list itself stands in Redis once, under a name that is the hash of its bytes.
 *
 *     loadstar:list:<id>                      the list of cells, compressed; expires
 *     loadstar:owner:<id>                     the command that waits for its answers; expires in seconds
 *     loadstar:cells-<version>:…              BullMQ's queue of chunks
 */
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { Cells, cellListSchema, idOf, type CellList } from "../../experiment/cells/list.ts";
import { lineOf, readLine, type Answer } from "../../experiment/cells/lines.ts";
import type { Locate } from "../../scenario/files.ts";
import { VERSION } from "../../experiment/version.ts";

export const PREFIX = "loadstar";
/** Workers of another version listen to another queue. */
export const QUEUE = `cells-${VERSION}`;
/** How long a list, and what was found of it, waits for somebody to ask again [s]. */
export const EXPIRES = 24 * 3600;

export const listKey = (id: string) => `${PREFIX}:list:${id}`;
export const ownerKey = (id: string) => `${PREFIX}:owner:${id}`;

/** The most that a list or an answer becomes when it is unpacked [bytes]. */
const LARGEST = 256 * 1024 * 1024;

/** Cells of a list: stretches of neighbouring numbers, each with its first and how many there are. */
const chunkSchema = z.strictObject({
  engine: z.string().max(100),
  list: z.string().regex(/^[0-9a-f]{16}$/),
  cells: z
    .array(z.tuple([z.int().min(0), z.int().min(1).max(10_000)]))
    .min(1)
    .max(10_000),
});

export type Chunk = z.output<typeof chunkSchema>;

const answeredSchema = z.strictObject({
  /** Wall time on the worker [ms]. */
  took: z.number().min(0),
  /** A line for each cell, compressed. */
  lines: z.string(),
});

export type Answered = z.output<typeof answeredSchema>;

/** A payload that is not what it should be. The message says what is wrong, and names nothing secret. */
export class Refused extends Error {
  override readonly name = "Refused";
}

export function chunkOf(list: string, cells: readonly number[]): Chunk {
  const runs: [number, number][] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === cell) last[1]++;
    else runs.push([cell, 1]);
  }
  return { engine: VERSION, list, cells: runs };
}

/** The numbers of a chunk's cells. */
export function cellsIn({ cells }: Chunk): number[] {
  return cells.flatMap(([first, count]) => Array.from({ length: count }, (_, at) => first + at));
}

/** A chunk from the queue, where anybody may have put anything. */
export function readChunk(value: unknown): Chunk {
  const engine = (value as { engine?: unknown } | null)?.engine;
  if (typeof engine === "string" && engine !== VERSION)
    throw new Refused(`it is for Loadstar ${engine.slice(0, 40)}, and this is ${VERSION}`);
  const parsed = chunkSchema.safeParse(value);
  if (!parsed.success) throw new Refused("it does not say which cells it is about");
  const count = parsed.data.cells.reduce((sum, [, length]) => sum + length, 0);
  if (count > MOST_CELLS) throw new Refused(`it is about ${count} cells, more than ${MOST_CELLS}`);
  return parsed.data;
}

/** The most cells of one chunk. */
export const MOST_CELLS = 10_000;

const zip = promisify(gzip);
const unzip = promisify(gunzip);

export function packList(list: CellList): Promise<Buffer> {
  return zip(JSON.stringify(list));
}

/** A list from Redis, which must be the one its name says. @param locate finds the files that it replays */
export async function unpackList(id: string, packed: Buffer, locate?: Locate): Promise<Cells> {
  const value = JSON.parse(await unpacked(packed)) as unknown;
  const parsed = cellListSchema.safeParse(value);
  if (!parsed.success || parsed.data.engine !== VERSION)
    throw new Refused(`list ${id} is none of Loadstar ${VERSION}`);
  if (idOf(parsed.data) !== id) throw new Refused(`list ${id} is not what its name says`);
  try {
    return new Cells(parsed.data).withFiles(locate);
  } catch (problem) {
    throw new Refused(`list ${id}: ${(problem as Error).message}`);
  }
}

export async function packAnswers(answers: ReadonlyMap<number, Answer>, took: number) {
  const lines = [...answers].map(([cell, answer]) => lineOf(cell, answer)).join("\n");
  return { took, lines: (await zip(lines)).toString("base64") } satisfies Answered;
}

/** What a worker, or somebody who says so, found of exactly these cells. */
export async function unpackAnswers(
  { list }: Cells,
  expected: readonly number[],
  value: unknown,
): Promise<{ readonly took: number; readonly answers: ReadonlyMap<number, Answer> }> {
  const parsed = answeredSchema.safeParse(value);
  if (!parsed.success) throw new Refused("it is no answer");
  const { took, lines } = parsed.data;
  const answers = new Map<number, Answer>();
  for (const line of (await unpacked(Buffer.from(lines, "base64"))).split("\n")) {
    const read = readLine(line, list.wanted);
    if (!read) throw new Refused("a line of it says nothing about a cell");
    answers.set(read.cell, read.answer);
  }
  if (answers.size !== expected.length || expected.some((cell) => !answers.has(cell)))
    throw new Refused("it is about other cells");
  return { took, answers };
}

async function unpacked(packed: Buffer): Promise<string> {
  try {
    return (await unzip(packed, { maxOutputLength: LARGEST })).toString("utf8");
  } catch {
    throw new Refused(`it cannot be unpacked into ${LARGEST / 1024 / 1024} MiB`);
  }
}
