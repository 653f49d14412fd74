/** Cells on the disk as they finish, so that nothing that was simulated is simulated again. */
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { lineOf, type Answer } from "../experiment/cells/lines.ts";
import {
  finished,
  headOf,
  PartRefused,
  questionId,
  readPart,
  type Part,
  type Question,
  type Shard,
} from "../experiment/cells/part.ts";
import { exit, Stop } from "./exit.ts";
import { readText, RESULT_LIMIT } from "./files.ts";

export class Kept {
  readonly path: string;
  private readonly head: string;
  private readonly id: string;

  constructor(path: string, question: Question, shard: Shard) {
    this.path = path;
    this.head = headOf(question, shard);
    this.id = questionId(question);
  }

  /** What was kept, if it is to be used. What nobody asked for is not thrown away either. */
  open(resume: boolean): ReadonlyMap<number, Answer> {
    const { path } = this;
    if (!existsSync(path)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${this.head}\n`);
      return new Map();
    }
    if (!resume)
      throw new Stop(
        exit.files,
        `${path}: finished cells were kept here; --resume goes on with them, deleting the file begins again`,
      );
    const { lines, answers } = this.read();
    const text = [this.head, ...lines.values()].map((line) => `${line}\n`).join("");
    this.replace(text);
    return answers;
  }

  /** Whether everything is there already. */
  isFinished(): boolean {
    return existsSync(this.path) && this.read().isFinished;
  }

  add(cell: number, answer: Answer): void {
    appendFileSync(this.path, `${lineOf(cell, answer)}\n`);
  }

  /** Closes it: from now on it is a part that can be joined with others. */
  finish(): void {
    this.replace(finished(this.head, this.read().lines));
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }

  private read(): Pick<Part, "lines" | "answers" | "isFinished"> {
    const text = readText(this.path, RESULT_LIMIT);
    // A program that was killed before its first line was whole kept nothing.
    if (!text.includes("\n")) return NOTHING;
    const part = partIn(this.path, text);
    if (part.id === this.id && headOf(part.question, part.shard) === this.head) return part;
    throw new Stop(exit.files, `${this.path}: what was kept here answers another question`);
  }

  private replace(text: string): void {
    const fresh = `${this.path}.${process.pid}.partial`;
    writeFileSync(fresh, text);
    renameSync(fresh, this.path);
  }
}

/** A part from its text; one that is refused ends the program with the reason. */
export function partIn(path: string, text: string): Part {
  try {
    return readPart(path, text);
  } catch (problem) {
    if (problem instanceof PartRefused) throw new Stop(exit.files, problem.message);
    throw problem;
  }
}

const NOTHING = { lines: new Map(), answers: new Map(), isFinished: false } as const;
