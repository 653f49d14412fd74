/**
 * The command's side of the queue: hands that are workers on any number of machines.
 *
 * BullMQ distributes, retries and recovers. What is done here is to cut lists into chunks, to keep
 * only so many of them in Redis as its workers need, and to bring back what Redis may have lost.
 */
import { randomBytes } from "node:crypto";
import type { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import type { Hands, Work } from "../../experiment/cells/hands.ts";
import { exit, Stop } from "../exit.ts";
import { note } from "../terminal.ts";
import { addressFrom, queueTrouble, type Address } from "./address.ts";
import { Campaign } from "./campaign.ts";
import { PREFIX, QUEUE } from "./chunks.ts";
import { connect, packages } from "./connect.ts";

/** Redis may be away for so long before the command gives up [ms]. */
const AWAY = 60_000;
/** Everybody is looked after this often [ms]. */
const ROUND = 2_000;
/** Events that Redis keeps of a queue; each holds an answer, which may be large. */
const MOST_EVENTS = 500;

export interface Queueing {
  readonly address: string;
  readonly priority: number | undefined;
  readonly signal: AbortSignal;
}

/** Connects; an address or a Redis that will not do ends the program with the reason. */
export async function openQueue(queueing: Queueing): Promise<Hands> {
  const address = addressFrom(queueing.address, process.env);
  const { Queue, QueueEvents } = await packages();
  const redis = await connect(address);
  const streams = { events: { maxLen: MOST_EVENTS } };
  const queue = new Queue(QUEUE, { connection: redis, prefix: PREFIX, streams });
  // From now on, and not from when the first reading of events arrives.
  const [latest] = await redis.xrevrange(`${PREFIX}:${QUEUE}:events`, "+", "-", "COUNT", 1);
  const lastEventId = latest?.[0] ?? "0-0";
  const events = new QueueEvents(QUEUE, { connection: redis, prefix: PREFIX, lastEventId });
  const { priority, signal } = queueing;
  const hands = new Remote({ address, redis, queue, events, priority, signal });
  try {
    await events.waitUntilReady();
    return hands;
  } catch (problem) {
    await hands.close();
    throw queueTrouble(address.name, problem);
  }
}

interface Connections {
  readonly address: Address;
  readonly redis: Redis;
  readonly queue: Queue;
  readonly events: QueueEvents;
}

class Remote implements Hands {
  private readonly connections: Connections;
  private readonly priority: number | undefined;
  private readonly signal: AbortSignal;
  /** This command, among others that may want the same. */
  private readonly self = randomBytes(8).toString("hex");
  private readonly campaigns = new Set<Campaign>();
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = () => this.giveUp(this.signal.reason);
  /** Since when Redis does not answer; null while it does. */
  private awaySince: number | null = null;
  private isLooking = false;
  private isLonely = false;

  constructor({ priority, signal, ...connections }: Connections & Omit<Queueing, "address">) {
    this.connections = connections;
    this.priority = priority;
    this.signal = signal;
    const { redis, queue, events } = connections;
    redis.on("error", () => this.missed());
    queue.on("error", () => this.missed());
    events.on("error", () => this.missed());
    redis.on("ready", () => (this.awaySince = null));
    events.on("completed", ({ jobId, returnvalue }) => this.hear(jobId, returnvalue));
    events.on("failed", ({ jobId, failedReason }) => this.hearFailure(jobId, failedReason));
    this.timer = setInterval(() => void this.lookAfter(), ROUND);
    signal.addEventListener("abort", this.onAbort);
  }

  async simulate(work: Work): Promise<void> {
    this.signal.throwIfAborted();
    const { priority, self } = this;
    const campaign = new Campaign({ ...this.connections, work, priority, self });
    this.campaigns.add(campaign);
    try {
      await campaign.begin();
      await campaign.done;
      await campaign.clear();
    } catch (problem) {
      throw queueTrouble(this.connections.address.name, problem);
    } finally {
      this.campaigns.delete(campaign);
    }
  }

  async close(): Promise<void> {
    const { redis, queue, events } = this.connections;
    clearInterval(this.timer);
    this.signal.removeEventListener("abort", this.onAbort);
    if (redis.status === "ready") await Promise.allSettled([queue.close(), events.close()]);
    else await Promise.allSettled([queue.disconnect(), events.disconnect()]);
    redis.disconnect();
  }

  private hear(job: string, value: unknown): void {
    for (const campaign of this.campaigns) if (campaign.has(job)) void campaign.take(job, value);
  }

  private hearFailure(job: string, why: string): void {
    for (const campaign of this.campaigns) campaign.lose(job, why);
  }

  private missed(): void {
    if (this.connections.redis.status !== "ready") this.awaySince ??= performance.now();
  }

  /** What events did not tell, because Redis or the network was away, is asked for. */
  private async lookAfter(): Promise<void> {
    const { redis, queue, address } = this.connections;
    if (this.awaySince !== null && performance.now() - this.awaySince > AWAY) {
      const why = `${address.name}: Redis has been away for ${AWAY / 1000} s; finished cells are kept, go on with --resume`;
      return this.giveUp(new Stop(exit.queue, why));
    }
    if (redis.status !== "ready" || this.campaigns.size === 0 || this.isLooking) return;
    this.isLooking = true;
    try {
      await Promise.all([...this.campaigns].map((campaign) => campaign.check()));
      if ((await queue.getWorkersCount()) > 0) this.isLonely = false;
      else if (!this.isLonely) {
        this.isLonely = true;
        note(
          `no worker of this version listens; start one: loadstar worker --queue ${address.name}`,
        );
      }
    } catch (problem) {
      if (redis.status === "ready") this.giveUp(queueTrouble(address.name, problem));
    } finally {
      this.isLooking = false;
    }
  }

  /** Ends it all, and leaves nothing in the queue that nobody waits for. */
  private giveUp(reason: unknown): void {
    for (const campaign of this.campaigns) void campaign.cancel(reason);
  }
}
