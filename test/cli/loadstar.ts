/** Runs the built program as users do: in a process of its own, with streams and an exit code. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** The scenarios of the repository. */
export const scenarios = fileURLToPath(new URL("../../scenarios", import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Circumstances {
  cwd?: string;
  /** Added to an environment without colours. */
  env?: Record<string, string>;
  input?: string;
  /** Sent when the program first says something on stderr. */
  signal?: NodeJS.Signals;
  /** Stop listening to stdout before it says anything, as `| head` may. */
  deaf?: boolean;
}

/** Starts `loadstar` with arguments and waits for its end. */
export function loadstar(words: readonly string[], how: Circumstances = {}): Promise<Ended> {
  const { FORCE_COLOR: _, ...environment } = process.env;
  const child = spawn(process.execPath, [program, ...words], {
    cwd: how.cwd,
    env: { ...environment, ...how.env },
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (said.stderr === "" && how.signal) child.kill(how.signal);
    said.stderr += text;
  });
  if (how.deaf) child.stdout.destroy();
  child.stdin.end(how.input ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...said }));
  });
}
