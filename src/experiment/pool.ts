/**
 * Many replications at once, on worker threads that live as long as there is work.
 *
 *     tasks (scenario, number) → worker → a record each      one chunk in flight per worker
 *
 * A replication is a pure function of scenario and number, and whoever asked for it gets it, so the
 * answer does not depend on how many workers there were or which of them finished first. Starting a
 * worker costs some 30 ms and a message 20 µs and more with a large scenario, so workers are kept,
 * and short tasks travel together, as many as take a tenth of a second. A worker that ends without
 * a word is replaced and its tasks are done again.
 */
import { Worker } from "node:worker_threads";
import { LimitReached } from "../kernel/limit.ts";
import type { Scenario } from "../scenario/load.ts";
import { foundIn, type Hands, type Work } from "./cells/hands.ts";
import type { Wanted } from "./cells/list.ts";
import type { Answer } from "./cells/lines.ts";
import type { RunRecord } from "./replication.ts";
import type { Word } from "./worker.ts";

export { LimitReached };

/** One replication that somebody wants. */
export interface Task {
  readonly scenario: Scenario;
  readonly replication: number;
  /** The whole record, or only the numbers that are compared: records of long runs are large. */
  readonly wanted: Wanted;
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
  /** How many workers have ended while they were at it. */
  losses: number;
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

/** Tasks travel together when they take less than this [ms]. */
const CHUNK = 100;
/** Cells of a list that wait in memory at once, so that a list may be as long as it likes. */
const AHEAD = 512;
/** A task that so many workers ended with is not tried again. */
const MOST_LOSSES = 3;

/** Workers that simulate what they are asked to, in the order of asking. Close it after use. */
export class Pool implements Hands {
  private readonly options: PoolOptions;
  private readonly waiting: Order[] = [];
  /** What each worker, or the caller's own thread (null), is at, the first under way. */
  private readonly busy = new Map<Worker | null, Order[]>();
  private readonly idle: Worker[] = [];
  /** What a task takes, as far as is known: the mean of all that are done [ms]. */
  private done = 0;
  private took = 0;
  private readonly onAbort = () => this.refuseAll(this.options.signal?.reason);

  constructor(options: PoolOptions) {
    this.options = options;
    options.signal?.addEventListener("abort", this.onAbort);
  }

  /** The record of one replication. */
  async record(scenario: Scenario, replication: number, onShare?: OnShare): Promise<RunRecord> {
    const answer = await this.ask({ scenario, replication, wanted: "record" }, onShare);
    return foundIn(answer) as RunRecord;
  }

  async simulate({ cells, wanted, onAnswer, onShare }: Work): Promise<void> {
    const rest = wanted.values();
    const lane = async () => {
      for (const cell of rest) {
        const task = { ...cells.cell(cell), wanted: cells.list.wanted };
        onAnswer(cell, await this.ask(task, (share) => onShare?.(cell, share)));
      }
    };
    await Promise.all(Array.from({ length: Math.min(AHEAD, wanted.length) }, lane));
  }

  /** What comes of one task. */
  ask(task: Task, onShare: OnShare = () => {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.options.signal?.aborted) return reject(this.options.signal.reason);
      this.waiting.push({ task, onShare, losses: 0, resolve, reject });
      // Whoever asks for many does so in one go, and short ones are to travel together.
      if (this.waiting.length === 1) queueMicrotask(() => this.assign());
    });
  }

  /** Ends every worker; what is still under way is never answered. */
  async close(): Promise<void> {
    this.options.signal?.removeEventListener("abort", this.onAbort);
    const workers = [...this.idle, ...this.busy.keys()].filter((worker) => worker !== null);
    this.waiting.length = 0;
    this.idle.length = 0;
    this.busy.clear();
    await Promise.all(workers.map((worker) => worker.removeAllListeners().terminate()));
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
      const orders = this.waiting.splice(0, this.chunk());
      this.busy.set(worker, orders);
      // One message copies a scenario once, however many of its tasks are in it.
      worker.postMessage(orders.map(({ task }) => task));
    }
  }

  /** How many tasks go together: those of a tenth of a second, and enough left for the others. */
  private chunk(): number {
    if (this.done === 0) return 1;
    const fair = Math.ceil(this.waiting.length / (2 * this.options.jobs));
    return Math.max(1, Math.min(fair, Math.floor((CHUNK * this.done) / this.took)));
  }

  private async workHere(order: Order): Promise<void> {
    this.busy.set(null, [order]);
    const { perform } = await import("./replication.ts");
    try {
      order.resolve({ found: perform(order.task, order.onShare) });
      order.onShare(1);
    } catch (problem) {
      if (problem instanceof LimitReached) order.resolve({ stopped: problem.message });
      else order.reject(problem);
    }
    // Between replications the caller's timers and signals get their turn.
    await new Promise((resume) => setImmediate(resume));
    this.busy.delete(null);
    this.assign();
  }

  private hire(): Worker | null {
    if (this.busy.size >= this.options.jobs) return null;
    const worker = new Worker(this.options.worker ?? WORKER);
    worker.on("message", (word: Word) => this.hear(worker, word));
    worker.on("error", (cause) => this.lose(worker, cause, isOwnFault(cause)));
    worker.on("exit", (code) =>
      this.lose(worker, new Error(`its worker ended with code ${code}`), false),
    );
    return worker;
  }

  private hear(worker: Worker, word: Word): void {
    const orders = this.busy.get(worker);
    const order = orders?.[0];
    if (!order) return;
    if ("share" in word) return order.onShare(word.share);
    this.done++;
    this.took += word.took;
    orders.shift();
    order.onShare(1);
    order.resolve(word.answer);
    if (orders.length > 0) return;
    this.busy.delete(worker);
    this.idle.push(worker);
    // Those who waited for this answer ask for the next, which then travels with the others.
    queueMicrotask(() => this.assign());
  }

  /** The task under way is done again, unless it is to blame; those behind it wait for another worker. */
  private lose(worker: Worker, cause: unknown, isToBlame: boolean): void {
    const orders = this.busy.get(worker);
    const place = this.idle.indexOf(worker);
    if (place >= 0) this.idle.splice(place, 1);
    this.busy.delete(worker);
    const [order, ...others] = orders ?? [];
    if (!order) return;
    const isLast = isToBlame || ++order.losses === MOST_LOSSES;
    if (isLast) order.reject(new ReplicationStopped(order.task.replication, cause));
    this.waiting.unshift(...(isLast ? [] : [order]), ...others);
    this.assign();
  }

  private refuseAll(reason: unknown): void {
    for (const order of [...this.busy.values()].flat().concat(this.waiting)) order.reject(reason);
    void this.close();
  }
}

/** What a task throws it throws again; that memory was short may be another's doing. */
function isOwnFault(cause: unknown): boolean {
  return (cause as { code?: unknown } | null)?.code !== "ERR_WORKER_OUT_OF_MEMORY";
}

export interface Replications extends PoolOptions {
  scenario: Scenario;
  /** Replications 0 … count - 1. */
  count: number;
  /** Hears how much [0..1] of a replication is done. */
  onProgress?: ((replication: number, share: number) => void) | undefined;
}

/** The records of every replication of one scenario, in the order of their numbers. */
export async function runReplications(asked: Replications): Promise<RunRecord[]> {
  const { scenario, count, onProgress, ...options } = asked;
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
