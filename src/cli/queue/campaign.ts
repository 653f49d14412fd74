/** One list of cells on its way through the queue: what is out, what came back, what is next. */
import type { Job, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { idOf } from "../../experiment/cells/list.ts";
import type { Work } from "../../experiment/cells/hands.ts";
import { exit, Stop } from "../exit.ts";
import type { Address } from "./address.ts";
import {
  cellsIn,
  chunkOf,
  EXPIRES,
  listKey,
  MOST_CELLS,
  ownerKey,
  packList,
  readChunk,
  unpackAnswers,
} from "./chunks.ts";
import { farewell } from "./connect.ts";

/** Chunks that are in Redis at once: work for hundreds of threads, and never much memory. */
const AHEAD = 256;
/** A chunk takes about so long [ms]; asking for it and answering takes some 5. */
const CHUNK = 1_000;
/** So many chunks of one cell tell how long a cell takes. */
const SCOUTS = 8;
/** Times a chunk is tried before it is given up, and the pause between them [ms]. */
const ATTEMPTS = 3;
const PAUSE = 500;
/** Whoever wants a list says so this often that it is alive [s]. */
const ALIVE = 10;
const USUAL_PRIORITY = 1000;

export interface Terms {
  readonly address: Address;
  readonly redis: Redis;
  readonly queue: Queue;
  readonly work: Work;
  readonly priority: number | undefined;
  readonly self: string;
}

export class Campaign {
  /** Resolves when every cell was answered. */
  readonly done: Promise<void>;
  private readonly terms: Terms;
  private readonly id: string;
  /** Cells that were not answered, and those of them that no chunk has yet, in order. */
  private readonly open: Set<number>;
  private rest: number[];
  /** By job, the cells of each chunk that is out. */
  private readonly out = new Map<string, readonly number[]>();
  /** What cells took so far: their number, and the sum [ms]. */
  private timed = 0;
  private took = 0;
  private isOver = false;
  private finish!: () => void;
  private fail!: (reason: unknown) => void;

  constructor(terms: Terms) {
    this.terms = terms;
    this.id = idOf(terms.work.cells.list);
    this.open = new Set(terms.work.wanted);
    this.rest = [...terms.work.wanted];
    this.done = new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
    });
    this.done.catch(() => {});
  }

  /** Puts the list and the first chunks into Redis, or takes up what a command before this one left there. */
  async begin(): Promise<void> {
    await this.own();
    await this.adopt();
    await this.fill();
  }

  has(job: string): boolean {
    return this.out.has(job);
  }

  /** A chunk came back. It may come back twice; it says the same. */
  async take(job: string, value: unknown): Promise<void> {
    const cells = this.out.get(job);
    if (!cells || this.isOver) return;
    this.out.delete(job);
    try {
      const { work, queue } = this.terms;
      const { took, answers } = await unpackAnswers(work.cells, cells, decoded(value));
      this.timed += cells.length;
      this.took += took;
      for (const [cell, answer] of answers)
        if (!this.isOver && this.open.delete(cell)) work.onAnswer(cell, answer);
      await queue.remove(job);
      if (this.open.size === 0) this.end();
      else await this.fill();
    } catch (problem) {
      this.stop(cells, problem);
    }
  }

  lose(job: string, why: string): void {
    const cells = this.out.get(job);
    if (cells) this.stop(cells, new Error(why));
  }

  /** Asks Redis about every chunk that is out, and brings back what it has lost. */
  async check(): Promise<void> {
    if (this.isOver) return;
    await this.own();
    const { queue } = this.terms;
    for (const [id, cells] of [...this.out]) {
      const job = (await queue.getJob(id)) as Job | undefined;
      if (this.isOver || !this.out.has(id)) continue;
      if (!job) await this.send([[id, cells]]);
      else if (job.finishedOn === undefined) continue;
      else if (job.failedReason) this.lose(id, job.failedReason);
      else await this.take(id, job.returnvalue);
    }
  }

  /** Takes everything out of Redis again. */
  async clear(): Promise<void> {
    const { redis, queue } = this.terms;
    await farewell([
      ...[...this.out.keys()].map((job) => queue.remove(job)),
      redis.del(listKey(this.id), ownerKey(this.id)),
    ]);
  }

  async cancel(reason: unknown): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    // Whoever interrupts does not wait for a Redis that is away.
    if (this.terms.redis.status === "ready") await this.clear();
    this.fail(reason);
  }

  private end(): void {
    this.isOver = true;
    this.finish();
  }

  private stop(cells: readonly number[], problem: unknown): void {
    const which = cells.length === 1 ? `cell ${cells[0]}` : `cells ${cells[0]} to ${cells.at(-1)}`;
    const why = problem instanceof Error ? problem.message : String(problem);
    if (problem instanceof Stop) void this.cancel(problem);
    else void this.cancel(new Stop(exit.queue, `${this.terms.address.name}: ${which}: ${why}`));
  }

  /** Says that this command waits for the list; a second command for the same one would only disturb it. */
  private async own(): Promise<void> {
    const { redis, self, work, address } = this.terms;
    const key = ownerKey(this.id);
    for (let left = 2 * ALIVE; ; left--) {
      if (await redis.set(key, self, "EX", ALIVE, "NX")) break;
      if ((await redis.get(key)) === self) {
        await redis.expire(key, ALIVE);
        break;
      }
      if (left === 0)
        throw new Stop(exit.queue, `${address.name}: another command waits for the same cells`);
      // It may have been killed a moment ago.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    if (!(await redis.expire(listKey(this.id), EXPIRES)))
      await redis.set(listKey(this.id), await packList(work.cells.list), "EX", EXPIRES);
  }

  /** Chunks of the same list that are in the queue already: a command before this one was killed. */
  private async adopt(): Promise<void> {
    const { queue } = this.terms;
    const jobs = (await queue.getJobs()) as (Job | undefined)[];
    for (const job of jobs) {
      if (!job?.id?.startsWith(`${this.id}-`)) continue;
      if (job.failedReason) {
        await queue.remove(job.id);
        continue;
      }
      const cells = cellsIn(readChunk(job.data));
      if (cells.every((cell) => this.open.has(cell))) this.out.set(job.id, cells);
    }
    const taken = new Set([...this.out.values()].flat());
    this.rest = this.rest.filter((cell) => !taken.has(cell));
    for (const job of jobs)
      if (job?.id && job.finishedOn !== undefined) await this.take(job.id, job.returnvalue);
  }

  /** Sends as many chunks as are wanted ahead. */
  private async fill(): Promise<void> {
    const fresh: [string, readonly number[]][] = [];
    const ahead = this.timed === 0 ? SCOUTS : AHEAD;
    while (!this.isOver && this.rest.length > 0 && this.out.size < ahead) {
      const cells = this.rest.splice(0, this.size());
      const id = `${this.id}-${cells[0]}-${cells.length}`;
      this.out.set(id, cells);
      fresh.push([id, cells]);
    }
    if (fresh.length > 0) await this.send(fresh);
  }

  /** Cells of the next chunk: about a second of work, and enough left for everybody at the end. */
  private size(): number {
    if (this.timed === 0) return 1;
    const wished = Math.floor((CHUNK * this.timed) / this.took);
    return Math.max(1, Math.min(wished, Math.ceil(this.rest.length / 16), MOST_CELLS));
  }

  private async send(chunks: readonly (readonly [string, readonly number[]])[]): Promise<void> {
    const { queue, priority = USUAL_PRIORITY } = this.terms;
    await queue.addBulk(
      chunks.map(([jobId, cells]) => ({
        name: "chunk",
        data: chunkOf(this.id, cells),
        opts: {
          jobId,
          priority,
          attempts: ATTEMPTS,
          backoff: { type: "fixed", delay: PAUSE },
          removeOnComplete: { age: EXPIRES },
          removeOnFail: { age: EXPIRES },
        },
      })),
    );
  }
}

/** Events carry what was returned as text, jobs as it was. */
function decoded(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
