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
  const file = openSync(path, "r");
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; ;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const length = read(file, chunk, path);
      if (length === 0) return Buffer.concat(chunks).toString("utf8");
      size += length;
      if (size > limit) throw tooLarge(path, limit);
      chunks.push(chunk.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}

/** Everything on standard input, at most `limit` bytes. */
export async function readInput(input: AsyncIterable<Buffer>, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > limit) throw tooLarge("standard input", limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * What a scenario may read beside itself (`extends`): files in its own folder and below it. Links
 * are followed first, so that none leads out.
 */
export function readerFor(scenario: string): (path: string) => string {
  return (path) => {
    const root = realpathSync(dirname(resolve(scenario)));
    const found = realpathSync(resolve(root, path));
    const way = relative(root, found);
    if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way))
      throw new Stop(exit.files, `${path}: is outside the scenario's folder, which is not read`);
    return readText(found, SCENARIO_LIMIT);
  };
}

/** For scenarios that have no folder: standard input, and texts given to the library. */
export function readNothing(path: string): string {
  throw new Stop(exit.files, `${path}: a scenario without a file cannot read others`);
}

/** Node names no path when a read fails (a folder opens but does not read), and people want one. */
function read(file: number, chunk: Buffer, path: string): number {
  try {
    return readSync(file, chunk);
  } catch (problem) {
    throw Object.assign(problem as Error, { path });
  }
}

function tooLarge(path: string, limit: number): Stop {
  const mebibytes = limit / 1024 / 1024;
  return new Stop(exit.files, `${path}: is larger than ${mebibytes} MiB, the most that is read`);
}
