/**
 * One worker thread of the pool. It is given some tasks at a time, and answers each, in their order,
 * with what was wanted of it.
 *
 * Any exception but a limit is left to end the thread: the pool hears of it and knows whose task it was.
 */
import { growUp } from "./young.ts";
import { parentPort } from "node:worker_threads";
import { LimitReached } from "../kernel/limit.ts";
import type { Answer } from "./cells/lines.ts";
import type { Task } from "./pool.ts";

/** What a worker says of the task it is at: how far it is [0..1], or what came of it and how long it took [ms]. */
export type Word = { share: number } | { answer: Answer; took: number };

// Loaded when the young generation has been told to stay small, as what is imported above is not.
const { perform } = await import("./replication.ts");

parentPort?.on("message", (tasks: readonly Task[]) => {
  for (const task of tasks) {
    const began = performance.now();
    const answer = answerTo(task);
    say({ answer, took: performance.now() - began });
    // Records that are sent are garbage now, and there may be many more of them.
    growUp();
  }
});

function answerTo(task: Task): Answer {
  try {
    const onShare = sparingly((share) => say({ share }));
    return { found: perform(task, onShare) };
  } catch (problem) {
    if (!(problem instanceof LimitReached)) throw problem;
    return { stopped: problem.message };
  }
}

/** How often it says how far it is [ms]: a word each step would cost a short run a tenth of its time. */
const PAUSE = 50;

function sparingly(tell: (share: number) => void): (share: number) => void {
  let saidAt = performance.now();
  return (share) => {
    const now = performance.now();
    if (now - saidAt < PAUSE) return;
    saidAt = now;
    tell(share);
  };
}

function say(word: Word): void {
  parentPort?.postMessage(word);
}
