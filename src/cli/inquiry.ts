/**
 * From a question to its answer, whoever simulates it: threads of this machine or workers behind a
 * queue, in one go, in two, or as one of many shards whose parts `merge` joins later.
 */
import { join } from "node:path";
import type { Cells } from "../experiment/cells/list.ts";
import type { Answer } from "../experiment/cells/lines.ts";
import type { Shard } from "../experiment/cells/part.ts";
import { exit, Stop } from "./exit.ts";
import type { Output, Teller } from "./output.ts";
import type { Simulation } from "./simulation.ts";
import { note } from "./terminal.ts";
import { once, type Flags } from "./verb.ts";

/** What a verb makes of answers. It hears each once, in any order. */
export interface Conclusion {
  onAnswer(cell: number, answer: Answer): void;
  /** Everything was heard: tells what came of it, and with which code the program ends. */
  tell(asked: Output, simulation: Teller): Promise<number>;
}

/** A verb whose question can be answered in parts. */
export interface Concluding {
  /** @param about what the verb wrote into its question, perhaps elsewhere */
  conclude(cells: Cells, about: unknown): Promise<Conclusion>;
}

/** The flags of verbs that know beforehand which cells they need. */
export const shardFlags = {
  shard: {
    type: "string",
    requiresArg: true,
    coerce: (value: unknown) => shardFrom(once("--shard")(value)),
    describe: "Simulate only shard i of n, i/n, and write a part for `merge`",
  },
  resume: {
    type: "boolean",
    default: false,
    describe: "Go on with the cells that were kept when it was interrupted",
  },
} as const satisfies Flags;

function shardFrom(text: string): Shard {
  const [, at, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  const shard = { at: Number(at), of: Number(of) };
  if (shard.at >= 1 && shard.at <= shard.of && shard.of <= 10_000) return shard;
  throw new Error(`--shard is "${text}"; it takes i/n, such as 1/7 to 7/7`);
}

interface Inquiry {
  readonly verb: string;
  readonly cells: Cells;
  readonly about: unknown;
  /** Below the folder for reports: where the report goes, and what is kept until then. */
  readonly folder: string;
  /** Keep cells as they finish, so that --resume can go on with them. */
  readonly keeps: boolean;
  conclude(): Promise<Conclusion>;
}

type Asked = Output & { readonly shard?: Shard | undefined; readonly resume: boolean };

/** Answers a question, or one shard of it; returns the code to end with. */
export async function answer(
  inquiry: Inquiry,
  asked: Asked,
  simulation: Simulation,
): Promise<number> {
  const { cells } = inquiry;
  if (asked.shard) return answerShard(inquiry, { ...asked, shard: asked.shard }, simulation);
  const kept = inquiry.keeps && !asked["no-report"] ? await keptFor(inquiry, asked, WHOLE) : null;
  const conclusion = await inquiry.conclude();
  await simulated(cells, WHOLE, {
    simulation,
    before: kept?.open(asked.resume) ?? new Map(),
    onAnswer: (cell, answer, isFresh) => {
      if (isFresh) kept?.add(cell, answer);
      conclusion.onAnswer(cell, answer);
    },
  });
  // What is needed to tell is loaded only now, in the memory that this sets free.
  await simulation.hands.close();
  const code = await conclusion.tell(asked, simulation);
  kept?.remove();
  return code;
}

/** What is left by an interrupt, for its message; undefined where nothing is kept. */
export function leftBy({ shard, resume }: Pick<Asked, "shard" | "resume">): string | undefined {
  return shard || resume ? "finished cells are kept, --resume goes on with them" : undefined;
}

/** All there is. */
const WHOLE: Shard = { at: 1, of: 1 };

async function answerShard(
  inquiry: Inquiry,
  asked: Asked & { readonly shard: Shard },
  simulation: Simulation,
): Promise<number> {
  const { shard } = asked;
  if (asked["no-report"])
    throw new Stop(exit.commandLine, "--shard writes a part: leave out --no-report");
  const kept = await keptFor(inquiry, asked, shard);
  // A batch engine may start a shard again that is done.
  if (!kept.isFinished()) {
    await simulated(inquiry.cells, shard, {
      simulation,
      before: kept.open(asked.resume),
      onAnswer: (cell, answer, isFresh) => isFresh && kept.add(cell, answer),
    });
    kept.finish();
  }
  simulation.onlooker.end();
  note(`part: ${kept.path}`);
  return exit.met;
}

async function keptFor({ verb, cells, about, folder }: Inquiry, asked: Asked, shard: Shard) {
  const { Kept } = await import("./kept.ts");
  const ending = shard.of === 1 ? "jsonl" : `${shard.at}-of-${shard.of}.jsonl`;
  return new Kept(`${join(asked.out, folder)}.${ending}`, { verb, about, list: cells.list }, shard);
}

interface Progressing {
  readonly simulation: Simulation;
  /** What is known already. */
  readonly before: ReadonlyMap<number, Answer>;
  onAnswer(cell: number, answer: Answer, isFresh: boolean): void;
}

/** Every cell of a shard that is not known already. */
async function simulated(cells: Cells, shard: Shard, how: Progressing): Promise<void> {
  const { cellsOf } = await import("../experiment/cells/part.ts");
  const { before, onAnswer, simulation } = how;
  const { hands, onlooker } = simulation;
  const all = cellsOf(shard, cells.size);
  const wanted = all.filter((cell) => !before.has(cell));
  if (before.size > 0) note(`resumed: ${before.size} of ${all.length} cells were kept`);
  for (const [cell, answer] of before) onAnswer(cell, answer, false);
  onlooker.expect(Math.max(1, wanted.length));
  const places = new Map(wanted.map((cell, at) => [cell, at]));
  await hands.simulate({
    cells,
    wanted,
    onAnswer: (cell, answer) => {
      onAnswer(cell, answer, true);
      onlooker.advance(places.get(cell)!, 1);
    },
    onShare: (cell, share) => onlooker.advance(places.get(cell)!, share),
  });
}
