/** How the program ends: codes that scripts and CI can rely on, and a way to end with one. */

/** Exit codes. They are part of the interface: the README lists them and they do not change. */
export const exit = {
  /** The objectives were met, or there were none. */
  met: 0,
  /** Loadstar broke one of its own rules. */
  bug: 1,
  /** The command line was wrong. */
  commandLine: 2,
  /** The scenario was wrong. */
  scenario: 3,
  /** A file could not be read or written. */
  files: 4,
  /** `size` found nothing that keeps the objectives. */
  noFleet: 5,
  /** The queue could not be reached, or did not do its part. */
  queue: 6,
  /** The objectives were missed; k6 uses the same code. */
  missed: 99,
  /** Ended by Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
  /** Ended by another program: 128 + SIGTERM. */
  terminated: 143,
} as const;

/** Ends the program with a code and a sentence for people, without a stack trace. */
export class Stop extends Error {
  /** One of `exit`. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What went wrong with a file, in words, by the system's code. */
const fileTroubles: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission was denied",
  EPERM: "permission was denied",
  EROFS: "the file system is read-only",
  EISDIR: "it is a folder, not a file",
  ENOTDIR: "part of the path is a file, not a folder",
  EEXIST: "it is there already",
  ENOSPC: "the disk is full",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
};

/** The code and the message an ending deserves. Anything we did not foresee is our bug. */
export function ending(problem: unknown, showStack: boolean): { code: number; message: string } {
  if (problem instanceof Stop) return { code: problem.code, message: problem.message };
  if (isFileTrouble(problem)) {
    const what = fileTroubles[problem.code] ?? problem.message;
    return { code: exit.files, message: `${problem.path ?? "file"}: ${what}` };
  }
  return { code: exit.bug, message: bugReport(problem, showStack) };
}

function isFileTrouble(
  problem: unknown,
): problem is Error & { code: string; syscall: string; path?: string } {
  return problem instanceof Error && "syscall" in problem && "code" in problem;
}

function bugReport(problem: unknown, showStack: boolean): string {
  const error = problem instanceof Error ? problem : new Error(String(problem));
  if (showStack) return `this is our bug: ${traceOf(error)}`;
  return (
    `this is our bug: ${error.message}\n` +
    "Please report it with the scenario and the command; --debug shows where it happened."
  );
}

function traceOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${traceOf(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
