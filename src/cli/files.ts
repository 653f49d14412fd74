/**
 * Reading what strangers wrote: never more than a limit, never outside the scenario's folder.
 *
 * Endless devices and huge files are cut off while reading, before anything parses them.
 */
import { closeSync, openSync, readSync, realpathSync } from "node:fs";
import { dirname, relative, isAbsolute, resolve, sep } from "node:path";
import { exit, Stop } from "./exit.ts";

/** The largest scenario or extended file [bytes]. */
export const SCENARIO_LIMIT = 1024 * 1024;
/** The largest result.json [bytes]: what JSON.parse still takes without trouble. */
export const RESULT_LIMIT = 256 * 1024 * 1024;

/** What "-" becomes before yargs, which would take it for a flag without a value, can see it. */
export const STANDARD_INPUT = "<standard input>";

const CHUNK = 64 * 1024;

/** A text file, UTF-8, at most `limit` bytes of it. Pipes such as `<(…)` work too. */
export function readText(path: string, limit: number): string {
  const text = readUpTo(path, limit);
  if (text === null) throw new Stop(exit.files, `${path}: ${tooLarge(limit)}`);
  return text;
}

/** Everything on standard input, at most `limit` bytes. */
export async function readInput(input: AsyncIterable<Buffer>, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > limit) throw new Stop(exit.files, `standard input: ${tooLarge(limit)}`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * What a scenario may read beside itself (`extends`): files in its own folder and below it. Links
 * are followed first, so that none leads out. What is thrown says why, without the path, because
 * it becomes part of a message at the line that wanted the file.
 */
export function readerFor(scenario: string): (path: string) => string {
  const locate = locatorFor(scenario);
  return (path) => {
    const text = readUpTo(locate(path), SCENARIO_LIMIT);
    if (text === null) throw new Error(`it ${tooLarge(SCENARIO_LIMIT)}`);
    return text;
  };
}

/** Finds the files that may be read, under the same rule, for what reads them in chunks (`replay`). */
export function locatorFor(scenario: string): (path: string) => string {
  return (path) => {
    const root = realpathSync(dirname(resolve(scenario)));
    const found = realpathSync(resolve(root, path));
    const way = relative(root, found);
    if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way))
      throw new Error("it is outside the scenario's folder, which is not read");
    return found;
  };
}

/** For scenarios that have no folder: standard input, and texts given to the library. */
export function readNothing(): string {
  throw new Error("a scenario without a folder has no files beside it");
}

/** The text of a file, or null when it has more bytes than the limit. */
function readUpTo(path: string, limit: number): string | null {
  const file = openSync(path, "r");
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= limit;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const length = readChunk(file, chunk, path);
      if (length === 0) return Buffer.concat(chunks).toString("utf8");
      size += length;
      chunks.push(chunk.subarray(0, length));
    }
    return null;
  } finally {
    closeSync(file);
  }
}

/** Node names no path when a read fails (a folder opens but does not read), and people want one. */
function readChunk(file: number, chunk: Buffer, path: string): number {
  try {
    return readSync(file, chunk);
  } catch (problem) {
    throw Object.assign(problem as Error, { path });
  }
}

function tooLarge(limit: number): string {
  return `is larger than ${limit / 1024 / 1024} MiB, the most that is read`;
}
