/**
 * One worker thread of the pool. It is given the scenario once, then numbers of replications one
 * at a time, and answers each with its record.
 *
 * An exception is left to end the thread: the pool hears of it and knows whose number it was.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Scenario } from "../scenario/load.ts";
import type { RunRecord } from "./replication.ts";
import { simulate } from "./replication.ts";

/** What a worker says: how far it is [0..1], or what it found. */
export type Answer = { share: number } | { record: RunRecord };

const scenario = workerData as Scenario;

parentPort?.on("message", (replication: number) => {
  const record = simulate(scenario, replication, (share) => answer({ share }));
  answer({ record });
});

function answer(message: Answer): void {
  parentPort?.postMessage(message);
}
