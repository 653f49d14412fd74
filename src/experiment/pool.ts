/**
 * Many replications at once, on worker threads that live as long as there is work.
 *
 *     number → worker → record      one number in flight per worker
 *
 * A replication is a pure function of scenario and number, and records are kept by number, so the
 * answer does not depend on how many workers there were or which of them finished first. Starting a
 * worker costs some 30 ms and a message 20 µs, so workers are kept and tasks are whole replications.
 */
import { Worker } from "node:worker_threads";
import { LimitReached } from "../kernel/limit.ts";
import type { Scenario } from "../scenario/load.ts";
import type { RunRecord } from "./replication.ts";
import type { Answer } from "./worker.ts";

export { LimitReached };

export interface Cells {
  scenario: Scenario;
  /** Replications 0 … count - 1. */
  count: number;
  /** Worker threads at most. With 0 everything runs in the caller's own thread. */
  jobs: number;
  /** Hears how much [0..1] of a replication is done. */
  onProgress?: ((replication: number, share: number) => void) | undefined;
  /** Aborting it ends every worker; the promise is then rejected with its reason. */
  signal?: AbortSignal | undefined;
  /** The worker's file, built JavaScript. */
  worker?: URL;
}

/** The records of every replication, in the order of their numbers. */
export async function runCells(cells: Cells): Promise<RunRecord[]> {
  cells.signal?.throwIfAborted();
  return cells.jobs === 0 ? inThisThread(cells) : onWorkers(cells);
}

async function inThisThread({ scenario, count, onProgress, signal }: Cells): Promise<RunRecord[]> {
  const { simulate } = await import("./replication.ts");
  const records: RunRecord[] = [];
  for (let replication = 0; replication < count; replication++) {
    records.push(simulate(scenario, replication, (share) => onProgress?.(replication, share)));
    onProgress?.(replication, 1);
    // Between replications the caller's timers and signals get their turn.
    await new Promise((resume) => setImmediate(resume));
    signal?.throwIfAborted();
  }
  return records;
}

async function onWorkers(cells: Cells): Promise<RunRecord[]> {
  const { scenario, count, jobs, signal, worker: file = WORKER } = cells;
  const work: Work = { cells, next: 0, records: new Array<RunRecord>(count) };
  const workers = Array.from(
    { length: Math.min(jobs, count) },
    () => new Worker(file, { workerData: scenario }),
  );
  const { promise: aborted, release } = rejectionOf(signal);
  try {
    await Promise.race([aborted, Promise.all(workers.map((worker) => employ(worker, work)))]);
    return work.records;
  } finally {
    release();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

interface Work {
  readonly cells: Cells;
  /** The first replication nobody has begun. */
  next: number;
  /** By replication; complete when every worker has run out of work. */
  readonly records: RunRecord[];
}

/** Gives a worker one replication after another until none are left. */
function employ(worker: Worker, work: Work): Promise<void> {
  const { count, onProgress } = work.cells;
  let replication = 0;
  return new Promise((resolve, reject) => {
    const giveNext = () => {
      if (work.next === count) return resolve();
      replication = work.next++;
      worker.postMessage(replication);
    };
    worker.on("message", (answer: Answer) => {
      if ("share" in answer) return onProgress?.(replication, answer.share);
      if ("limit" in answer) return reject(new LimitReached(answer.limit));
      work.records[replication] = answer.record;
      onProgress?.(replication, 1);
      giveNext();
    });
    const died = (cause: unknown) => reject(new ReplicationStopped(replication, cause));
    worker.on("error", died);
    worker.on("exit", (code) => died(new Error(`its worker ended with code ${code}`)));
    giveNext();
  });
}

/** A replication that could not be simulated to its end. The message names its number. */
export class ReplicationStopped extends Error {
  constructor(replication: number, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`replication ${replication} stopped: ${why}`, { cause });
  }
}

/** A promise that is rejected when the signal is aborted, and a way to stop listening. */
function rejectionOf(signal: AbortSignal | undefined) {
  let listener = () => {};
  const promise = new Promise<never>((_, reject) => {
    listener = () => reject(signal?.reason);
    signal?.addEventListener("abort", listener);
  });
  return { promise, release: () => signal?.removeEventListener("abort", listener) };
}

/** Threads need built JavaScript: beside this file when it is built, else in the checkout's dist. */
const WORKER = import.meta.url.endsWith(".ts")
  ? new URL("../../dist/experiment/worker.js", import.meta.url)
  : new URL("./worker.js", import.meta.url);
