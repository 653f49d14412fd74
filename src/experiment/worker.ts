/**
 * One worker thread of the pool. It is given tasks one at a time, and answers each with what was
 * wanted of it.
 *
 * Any other exception is left to end the thread: the pool hears of it and knows whose task it was.
 */
import { parentPort } from "node:worker_threads";
import { LimitReached } from "../kernel/limit.ts";
import type { Measure } from "./measures.ts";
import type { Task } from "./pool.ts";
import type { RunRecord } from "./replication.ts";
import { perform } from "./replication.ts";

/** What a worker says: how far it is [0..1], what it found, or which limit stopped it. */
export type Answer = { share: number } | { found: RunRecord | Measure[] } | { limit: string };

parentPort?.on("message", (task: Task) => {
  try {
    answer({
      found: perform(
        task,
        sparingly((share) => answer({ share })),
      ),
    });
  } catch (problem) {
    if (!(problem instanceof LimitReached)) throw problem;
    answer({ limit: problem.message });
  }
});

/** How often it says how far it is [ms]: a word each step would cost a short run a tenth of its time. */
const PAUSE = 50;

function sparingly(say: (share: number) => void): (share: number) => void {
  let saidAt = performance.now();
  return (share) => {
    const now = performance.now();
    if (now - saidAt < PAUSE) return;
    saidAt = now;
    say(share);
  };
}

function answer(message: Answer): void {
  parentPort?.postMessage(message);
}
