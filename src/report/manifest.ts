/**
 * manifest.json: what a report folder holds, so that two folders can be compared by one file.
 *
 * It says which Loadstar and which schema wrote it, and nothing about the machine or the hour:
 * the same run gives the same manifest everywhere.
 */
import { createHash } from "node:crypto";

/** What every saved document says of itself. */
export interface Origin {
  readonly format: string;
  readonly version: string;
  readonly engine: string;
  readonly runId: string;
  readonly fingerprint: string;
  /** Files that were replayed, where there were any. */
  readonly files?: readonly { readonly file: string; readonly sha256: string }[];
}

export function manifest(result: Origin, files: ReadonlyMap<string, string | Uint8Array>): string {
  const hashes = [...files]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, bytes]) => [path, createHash("sha256").update(bytes).digest("hex")]);
  const { files: replayed = [] } = result;
  const document = {
    format: "loadstar/manifest",
    version: "1.0",
    engine: result.engine,
    schemas: { [result.format]: result.version },
    runId: result.runId,
    fingerprint: result.fingerprint,
    ...(replayed.length > 0 && {
      replayed: Object.fromEntries(replayed.map(({ file, sha256 }) => [file, sha256])),
    }),
    sha256: Object.fromEntries(hashes),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
