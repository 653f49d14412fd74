/**
 * One worker thread of the pool. It is given the scenario once, then numbers of replications one
 * at a time, and answers each with its record.
 *
 * Any other exception is left to end the thread: the pool hears of it and knows whose number it was.
 */
import { parentPort, workerData } from "node:worker_threads";
import { LimitReached } from "../kernel/limit.ts";
import type { Scenario } from "../scenario/load.ts";
import type { RunRecord } from "./replication.ts";
import { simulate } from "./replication.ts";

/** What a worker says: how far it is [0..1], what it found, or which limit stopped it. */
export type Answer = { share: number } | { record: RunRecord } | { limit: string };

const scenario = workerData as Scenario;

parentPort?.on("message", (replication: number) => {
  try {
    answer({ record: simulate(scenario, replication, (share) => answer({ share })) });
  } catch (problem) {
    if (!(problem instanceof LimitReached)) throw problem;
    answer({ limit: problem.message });
  }
});

function answer(message: Answer): void {
  parentPort?.postMessage(message);
}
