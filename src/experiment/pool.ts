/**
 * Many replications at once, on worker threads that live as long as there is work.
 *
 *     task (scenario, number) → worker → record      one task in flight per worker
 *
 * A replication is a pure function of scenario and number, and whoever asked for it gets it, so the
 * answer does not depend on how many workers there were or which of them finished first. Starting a
 * worker costs some 30 ms and a message 20 µs, so workers are kept and tasks are whole replications.
 */
import { Worker } from "node:worker_threads";
import { LimitReached } from "../kernel/limit.ts";
import type { Scenario } from "../scenario/load.ts";
import type { Measure } from "./measures.ts";
import type { RunRecord } from "./replication.ts";
import type { Answer } from "./worker.ts";

export { LimitReached };

/** One replication that somebody wants. */
export interface Task {
  readonly scenario: Scenario;
  readonly replication: number;
  /** The whole record, or only the numbers that are compared: records of long runs are large. */
  readonly wanted: "record" | "measures";
}

export interface PoolOptions {
  /** Worker threads at most. With 0 everything runs in the caller's own thread. */
  jobs: number;
  /** Aborting it ends every worker; what was asked for is then rejected with its reason. */
  signal?: AbortSignal | undefined;
  /** The worker's file, built JavaScript. */
  worker?: URL;
}

type OnShare = (share: number) => void;

interface Order {
  readonly task: Task;
  readonly onShare: OnShare;
  resolve(answer: Finished): void;
  reject(reason: unknown): void;
}

type Finished = RunRecord | readonly Measure[];

/** Workers that simulate what they are asked to, in the order of asking. Close it after use. */
export class Pool {
  private readonly options: PoolOptions;
  private readonly waiting: Order[] = [];
  /** What each worker, or the caller's own thread (null), is at. */
  private readonly busy = new Map<Worker | null, Order>();
  private readonly idle: Worker[] = [];
  private readonly onAbort = () => this.refuseAll(this.options.signal?.reason);

  constructor(options: PoolOptions) {
    this.options = options;
    options.signal?.addEventListener("abort", this.onAbort);
  }

  /** The record of one replication. */
  record(scenario: Scenario, replication: number, onShare: OnShare = () => {}): Promise<RunRecord> {
    return this.order({ scenario, replication, wanted: "record" }, onShare) as Promise<RunRecord>;
  }

  /** Only its numbers. */
  measures(
    scenario: Scenario,
    replication: number,
    onShare: OnShare = () => {},
  ): Promise<readonly Measure[]> {
    const task = { scenario, replication, wanted: "measures" } as const;
    return this.order(task, onShare) as Promise<readonly Measure[]>;
  }

  /** Ends every worker; what is still under way is never answered. */
  async close(): Promise<void> {
    this.options.signal?.removeEventListener("abort", this.onAbort);
    const workers = [...this.idle, ...this.busy.keys()].filter((worker) => worker !== null);
    this.waiting.length = 0;
    this.busy.clear();
    await Promise.all(workers.map((worker) => worker.removeAllListeners().terminate()));
  }

  private order(task: Task, onShare: OnShare): Promise<Finished> {
    return new Promise((resolve, reject) => {
      if (this.options.signal?.aborted) return reject(this.options.signal.reason);
      this.waiting.push({ task, onShare, resolve, reject });
      this.assign();
    });
  }

  /** Gives waiting tasks to whoever is free. */
  private assign(): void {
    while (this.waiting.length > 0) {
      if (this.options.jobs === 0) {
        if (this.busy.size === 0) void this.workHere(this.waiting.shift()!);
        return;
      }
      const worker = this.idle.pop() ?? this.hire();
      if (!worker) return;
      const order = this.waiting.shift()!;
      this.busy.set(worker, order);
      worker.postMessage(order.task);
    }
  }

  private async workHere(order: Order): Promise<void> {
    this.busy.set(null, order);
    const { perform } = await import("./replication.ts");
    try {
      order.resolve(perform(order.task, order.onShare));
      order.onShare(1);
    } catch (problem) {
      order.reject(problem);
    }
    // Between replications the caller's timers and signals get their turn.
    await new Promise((resume) => setImmediate(resume));
    this.busy.delete(null);
    this.assign();
  }

  private hire(): Worker | null {
    if (this.busy.size >= this.options.jobs) return null;
    const worker = new Worker(this.options.worker ?? WORKER);
    worker.on("message", (answer: Answer) => this.hear(worker, answer));
    worker.on("error", (cause) => this.lose(worker, cause));
    worker.on("exit", (code) => this.lose(worker, new Error(`its worker ended with code ${code}`)));
    return worker;
  }

  private hear(worker: Worker, answer: Answer): void {
    const order = this.busy.get(worker);
    if (!order) return;
    if ("share" in answer) return order.onShare(answer.share);
    this.busy.delete(worker);
    this.idle.push(worker);
    if ("limit" in answer) order.reject(new LimitReached(answer.limit));
    else {
      order.onShare(1);
      order.resolve(answer.found);
    }
    this.assign();
  }

  private lose(worker: Worker, cause: unknown): void {
    const order = this.busy.get(worker);
    this.busy.delete(worker);
    order?.reject(new ReplicationStopped(order.task.replication, cause));
  }

  private refuseAll(reason: unknown): void {
    for (const order of [...this.busy.values(), ...this.waiting]) order.reject(reason);
    void this.close();
  }
}

export interface Cells extends PoolOptions {
  scenario: Scenario;
  /** Replications 0 … count - 1. */
  count: number;
  /** Hears how much [0..1] of a replication is done. */
  onProgress?: ((replication: number, share: number) => void) | undefined;
}

/** The records of every replication of one scenario, in the order of their numbers. */
export async function runCells({ scenario, count, onProgress, ...options }: Cells) {
  options.signal?.throwIfAborted();
  const pool = new Pool({ ...options, jobs: Math.min(options.jobs, count) });
  try {
    return await Promise.all(
      Array.from({ length: count }, (_, replication) =>
        pool.record(scenario, replication, (share) => onProgress?.(replication, share)),
      ),
    );
  } finally {
    await pool.close();
  }
}

/** A replication that could not be simulated to its end. The message names its number. */
export class ReplicationStopped extends Error {
  constructor(replication: number, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`replication ${replication} stopped: ${why}`, { cause });
  }
}

/** Threads need built JavaScript: beside this file when it is built, else in the checkout's dist. */
const WORKER = import.meta.url.endsWith(".ts")
  ? new URL("../../dist/experiment/worker.js", import.meta.url)
  : new URL("./worker.js", import.meta.url);
