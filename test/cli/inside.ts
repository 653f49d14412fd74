/**
 * What a command says, without a process for it: for tests of many answers. How processes end, what
 * their streams and signals do and that the built program is this one are matters of `loadstar`.
 */
import { command } from "../../src/cli/command.ts";
import type { Ended } from "./loadstar.ts";

/** Does what `loadstar` would with these arguments in a folder; one command at a time. */
export async function inside(words: readonly string[], cwd = process.cwd()): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  const { stdout, stderr } = process;
  const ways = [stdout.write, stderr.write] as const;
  const before = process.cwd();
  process.chdir(cwd);
  stdout.write = (text: unknown) => ((said.stdout += String(text)), true);
  stderr.write = (text: unknown) => ((said.stderr += String(text)), true);
  try {
    return { code: await command(words), ...said };
  } finally {
    [stdout.write, stderr.write] = ways;
    process.chdir(before);
  }
}
