/** The worker's side of the queue: takes chunks, simulates their cells on threads, answers. */
import type { Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Cells } from "../../experiment/cells/list.ts";
import type { Answer } from "../../experiment/cells/lines.ts";
import { Pool } from "../../experiment/pool.ts";
import type { Locate } from "../../scenario/files.ts";
import { queueTrouble, type Address } from "./address.ts";
import {
  cellsIn,
  listKey,
  packAnswers,
  PREFIX,
  QUEUE,
  readChunk,
  Refused,
  unpackList,
  type Answered,
} from "./chunks.ts";
import { connect, packages } from "./connect.ts";

/** A chunk whose worker has not said for so long that it lives goes to another [ms]. */
const LOCK = 5_000;
/** How often chunks of vanished workers are looked for [ms]. */
const STALLED = 5_000;
/** A chunk that so many workers vanished with is given up. */
const MOST_STALLS = 3;
/** Between this many slices of a chunk is it asked whether it is still wanted. */
const SLICES = 8;
/** Lists that are kept at hand: several sweeps may go on side by side. */
const LISTS = 8;

export interface Working {
  readonly address: Address;
  /** Threads. */
  readonly jobs: number;
  /** Finds the files that scenarios replay; without it, those are refused. */
  readonly locate?: Locate | undefined;
  /** Aborting it finishes what is under way and ends. */
  readonly signal: AbortSignal;
  /** Hears of what went wrong and was not given up. */
  onTrouble(what: string): void;
  onReady(): void;
}

/** Works until the signal says that it is enough. */
export async function work(working: Working): Promise<void> {
  const { address, jobs, signal, onTrouble } = working;
  const { Worker } = await packages();
  const redis = await connect(address);
  const pool = new Pool({ jobs });
  const bench = new Bench(redis, pool, working.locate);
  const worker: Worker<unknown, Answered> = new Worker(QUEUE, (job) => bench.perform(job), {
    connection: redis,
    prefix: PREFIX,
    // One more than there are threads, so that none waits while an answer travels.
    concurrency: jobs + 1,
    lockDuration: LOCK,
    stalledInterval: STALLED,
    maxStalledCount: MOST_STALLS,
  });
  worker.on("error", (problem) => onTrouble(queueTrouble(address.name, problem).message));
  worker.on("failed", (_, problem) => onTrouble(`a chunk was not simulated: ${problem.message}`));
  try {
    await worker.waitUntilReady();
    working.onReady();
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
  } finally {
    await worker.close();
    await pool.close();
    redis.disconnect();
  }
}

/** Where the work is done. */
class Bench {
  private readonly redis: Redis;
  private readonly pool: Pool;
  private readonly locate: Locate | undefined;
  private readonly lists = new Map<string, Cells>();

  constructor(redis: Redis, pool: Pool, locate: Locate | undefined) {
    this.redis = redis;
    this.pool = pool;
    this.locate = locate;
  }

  async perform({ data }: Job<unknown>): Promise<Answered> {
    try {
      return await this.answer(data);
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      // What is wrong with a payload is wrong with it on every worker.
      const { UnrecoverableError } = await packages();
      throw new UnrecoverableError(`refused: ${problem.message}`);
    }
  }

  private async answer(data: unknown): Promise<Answered> {
    const chunk = readChunk(data);
    const list = await this.list(chunk.list);
    const cells = cellsIn(chunk);
    if (cells.some((cell) => cell >= list.size))
      throw new Refused(`list ${chunk.list} has ${list.size} cells, and it asks for more`);
    for (const at of new Set(cells.map((cell) => list.scenarioOf(cell)))) {
      const why = list.mistakeAt(at);
      if (why) throw new Refused(`scenario ${at} of list ${chunk.list} is none: ${why}`);
    }
    const answers = new Map<number, Answer>();
    const began = performance.now();
    const slice = Math.ceil(cells.length / SLICES);
    for (let from = 0; from < cells.length; from += slice) {
      if (from > 0 && !(await this.redis.exists(listKey(chunk.list)))) throw cancelled(chunk.list);
      await this.pool.simulate({
        cells: list,
        wanted: cells.slice(from, from + slice),
        onAnswer: (cell, answer) => answers.set(cell, answer),
      });
    }
    return packAnswers(answers, performance.now() - began);
  }

  private async list(id: string): Promise<Cells> {
    const known = this.lists.get(id);
    if (known) return known;
    const packed = await this.redis.getBuffer(listKey(id));
    if (!packed) throw cancelled(id);
    const cells = await unpackList(id, packed, this.locate);
    this.lists.set(id, cells);
    if (this.lists.size > LISTS) this.lists.delete(this.lists.keys().next().value!);
    return cells;
  }
}

/** Not refused: the command may be about to bring the list back, when Redis has lost it. */
function cancelled(list: string): Error {
  return new Error(`nobody waits for list ${list} any more`);
}
