/**
 * Writing a report so that nobody ever sees half of one.
 *
 * Everything goes into a temporary sibling first. A new folder then appears by one rename. In a
 * folder that is there already each file is replaced by one rename, and files that are not ours
 * stay: a planner's notes beside a report survive the next run. All of it is synchronous, so a
 * signal finds either nothing or everything.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/** Writes files, by their path inside the folder, creating the folder where it is missing. */
export function writeFolder(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  const target = resolve(folder);
  const fresh = `${target}.${process.pid}.partial`;
  try {
    for (const [name, content] of files) write(inside(fresh, name), content);
    if (existsSync(target)) replaceEach(fresh, target, files.keys());
    else renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** The path of a file in a folder; a name that leads out of the folder is our bug. */
function inside(folder: string, name: string): string {
  const path = resolve(folder, name);
  if (!path.startsWith(folder + sep)) throw new Error(`"${name}" leads out of its folder`);
  return path;
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function replaceEach(from: string, to: string, names: Iterable<string>): void {
  for (const name of names) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    renameSync(join(from, name), join(to, name));
  }
}
