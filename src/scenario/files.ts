/**
 * Files beside a scenario that it replays: found inside its folder, pinned by their content.
 *
 * They are read in chunks and never held. What was checked is what runs: each carries its size and
 * hash, so that another file of the same name is another run.
 */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { Bytes } from "../model/replay/bytes.ts";
import { CHUNK } from "../model/replay/lines.ts";
import { UnusableRate } from "../model/rates/rate.ts";

/** A file as it was when the scenario was checked. */
export interface PinnedFile {
  /** Where it is on this machine. */
  readonly place: string;
  /** [bytes] */
  readonly size: number;
  readonly sha256: string;
}

export type PinnedFiles = Readonly<Record<string, PinnedFile>>;

/** Finds a file by its path from the scenario's folder; throws, with the reason, where it may not. */
export type Locate = (path: string) => string;

/** A pinned file, for one of any number of threads. */
export function openPinned(file: string, files: PinnedFiles): Bytes {
  const pinned = Object.hasOwn(files, file) ? files[file] : undefined;
  if (!pinned) throw new Error(`${file} was not read when the scenario was checked`);
  return bytesOf(pinned);
}

/** The files of one scenario while it is checked. */
export class FilesBeside {
  private readonly locate: Locate | undefined;
  private readonly pinned = new Map<string, PinnedFile>();

  constructor(locate?: Locate) {
    this.locate = locate;
  }

  /** Opens a file, pinning it the first time; an UnusableRate says why it cannot. */
  open(file: string): Bytes {
    const known = this.pinned.get(file);
    if (known) return bytesOf(known);
    try {
      const found = pin(this.find(file));
      this.pinned.set(file, found);
      return bytesOf(found);
    } catch (problem) {
      throw new UnusableRate(`cannot read ${file}: ${reason(problem)}`);
    }
  }

  /** Some of those that were opened. */
  of(files: readonly string[]): PinnedFiles {
    const names = [...new Set(files)].sort();
    return Object.fromEntries(names.map((file) => [file, this.pinned.get(file)!]));
  }

  /** Those that were pinned on another machine, as they are on this one; an UnusableRate names one that is not the same. */
  same(files: Readonly<Record<string, Pick<PinnedFile, "sha256">>>): PinnedFiles {
    for (const [file, { sha256 }] of Object.entries(files)) {
      this.open(file);
      if (this.pinned.get(file)!.sha256 !== sha256)
        throw new UnusableRate(`cannot use ${file}: here it has other bytes`);
    }
    return this.of(Object.keys(files));
  }

  private find(file: string): string {
    if (!this.locate) throw new Error("a scenario without a folder has no files beside it");
    if (/^[/~]|^\w+:|\\|(^|\/)\.\.(\/|$)|[\u0000-\u001f]/.test(file))
      throw new Error("it is outside the scenario's folder, which is not read");
    return this.locate(file);
  }
}

function pin(place: string): PinnedFile {
  const hash = createHash("sha256");
  const chunk = Buffer.alloc(CHUNK);
  const { size } = sizeOf(place);
  const bytes = bytesOf({ place, size });
  let position = 0;
  for (let length = -1; length !== 0; position += length) {
    length = bytes.read(chunk, position);
    hash.update(chunk.subarray(0, length));
  }
  return { place, size, sha256: hash.digest("hex") };
}

function sizeOf(place: string): { size: number } {
  const found = statSync(place); // before it is opened: a pipe would wait for a writer
  if (!found.isFile()) throw new Error("it is no file");
  return found;
}

/** Opens the file for each read, so that none stays open when a run ends before the file. */
function bytesOf({ place, size }: Pick<PinnedFile, "place" | "size">): Bytes {
  return {
    read: (into, position) =>
      withFile(place, (file) => {
        if (fstatSync(file).size !== size) throw new Error(`${place} changed while it was read`);
        return readSync(file, into, 0, into.length, position);
      }),
  };
}

function withFile<Value>(place: string, act: (file: number) => Value): Value {
  const file = openSync(place, "r");
  try {
    return act(file);
  } finally {
    closeSync(file);
  }
}

function reason(problem: unknown): string {
  const { code, message } = problem as { code?: string; message?: string };
  return code === "ENOENT" ? "there is no such file" : (message ?? String(problem));
}
