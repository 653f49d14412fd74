/**
 * The two streams: stdout carries the answer and nothing else, stderr everything said along the way.
 *
 * Writing is never followed by `process.exit`, and a reader that has gone (`| head`) is no mistake.
 */
import type { WriteStream } from "node:tty";

/** What we ask of an output stream; `process.stdout` and `process.stderr` fit. */
export type Output = Pick<NodeJS.WritableStream, "write"> &
  Partial<Pick<WriteStream, "isTTY" | "columns">>;

/** Columns when nobody can tell: pipes and files. */
const USUAL_WIDTH = 100;

/** Writes the answer. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Says something that is not the answer: a warning, a path, a mistake. */
export function note(text: string): void {
  process.stderr.write(text.endsWith("\n") ? text : `${text}\n`);
}

/**
 * Whether to colour what goes to a stream. As in Node itself, FORCE_COLOR wins over NO_COLOR, and
 * both over what the stream is.
 */
export function coloured(stream: Output, environment = process.env): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = environment;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return stream.isTTY === true && terminal !== "dumb";
}

/** Columns of a stream. Some terminals say 0 when they do not know. */
export function widthOf(stream: Output): number {
  return stream.columns || USUAL_WIDTH;
}

/** Goes on when the reader of a pipe leaves early: the exit code still tells how the run ended. */
export function survivePipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (problem: NodeJS.ErrnoException) => {
      if (problem.code !== "EPIPE") throw problem;
    });
}
