/**
 * A batch engine, and what makes it run the shards of a question: it counts, Loadstar simulates the
 * shard it is told, and `merge` joins the parts.
 */

/** What is to be run in shards. */
export interface Sharded {
  /** The scenario's name, fit for names of jobs: "double-eleven". */
  readonly name: string;
  /** Below the folder for parts, where those of this scenario are. */
  readonly folder: string;
  /** The command that asks the question, without --shard. */
  readonly words: readonly string[];
  readonly shards: number;
  /** The container image with Loadstar in it, where the engine runs containers. */
  readonly image: string;
}

export interface Manifest {
  readonly kind: string;
  /** What it prints, and what to do with it. */
  readonly summary: string;
  /** The manifest or command, ready to be used. */
  print(sharded: Sharded): string;
}

/** The folder, from where the command runs, that gets the parts. */
export const PARTS = "parts";

/** A line of a POSIX shell that runs one shard. @param index shell for the number of the shard, from 1 */
export function shellLine({ words, shards }: Sharded, index: string): string {
  return `${words.map(quoted).join(" ")} --out ${PARTS} --shard ${index}/${shards} --quiet --resume`;
}

/** What joins the parts when all are there. */
export function mergeLine({ folder }: Sharded): string {
  return `loadstar merge ${PARTS}/${quoted(folder)}/*.jsonl`;
}

/** A word as a shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Lines of comment, as YAML and shells have them. */
export function remarks(...lines: readonly string[]): string {
  return lines.map((line) => `# ${line}\n`).join("");
}
