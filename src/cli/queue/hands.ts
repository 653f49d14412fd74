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
import { connect, farewell, packages } from "./connect.ts";

/** Redis may be silent for so long before the command gives up [ms]. */
const AWAY = 60_000;
/** Everybody is looked after this often [ms]. */
const ROUND = 2_000;
/** Events that Redis keeps of a queue; each holds an answer, which may be large. */
const MOST_EVENTS = 500;

export interface Queueing {
  readonly address: string;
  readonly priority: number | undefined;
  readonly signal: AbortSignal;
  /** How long Redis may be silent [ms]. */
  readonly patience?: number;
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
  const hands = new Remote({ address, redis, queue, events }, queueing);
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
  private readonly patience: number;
  /** This command, among others that may want the same. */
  private readonly self = randomBytes(8).toString("hex");
  private readonly campaigns = new Set<Campaign>();
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = () => this.giveUp(this.signal.reason);
  /** When Redis last answered. */
  private heard = performance.now();
  private isLooking = false;
  private isLonely = false;

  constructor(connections: Connections, { priority, signal, patience = AWAY }: Queueing) {
    this.connections = connections;
    this.priority = priority;
    this.signal = signal;
    this.patience = patience;
    const { redis, queue, events } = connections;
    // Connections come back by themselves; how long they take is watched below.
    const ignore = () => {};
    redis.on("error", ignore);
    queue.on("error", ignore);
    events.on("error", ignore);
    events.on("completed", ({ jobId, returnvalue }) => this.hear(jobId, returnvalue));
    events.on("failed", ({ jobId, failedReason }) => this.hearFailure(jobId, failedReason));
    this.timer = setInterval(() => {
      void this.listen();
      void this.lookAfter();
    }, ROUND);
    signal.addEventListener("abort", this.onAbort);
  }

  async simulate(work: Work): Promise<void> {
    this.signal.throwIfAborted();
    const { priority, self } = this;
    const campaign = new Campaign({ ...this.connections, work, priority, self });
    this.campaigns.add(campaign);
    try {
      // Whoever gives up does not wait for a beginning that Redis never answers.
      await Promise.race([campaign.begin(), campaign.done]);
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
    const answering = redis.status === "ready";
    if (answering) await farewell([queue.close(), events.close()]);
    void Promise.allSettled([queue.disconnect(), events.disconnect()]);
    redis.disconnect();
  }

  private hear(job: string, value: unknown): void {
    for (const campaign of this.campaigns) if (campaign.has(job)) void campaign.take(job, value);
  }

  private hearFailure(job: string, why: string): void {
    for (const campaign of this.campaigns) campaign.lose(job, why);
  }

  /** A Redis that is away, and one that only says nothing, is given up after a time. */
  private async listen(): Promise<void> {
    const { redis, address } = this.connections;
    if (performance.now() - this.heard > this.patience) {
      const why = `${address.name}: Redis has been away for ${this.patience / 1000} s; finished cells are kept, go on with --resume`;
      return this.giveUp(new Stop(exit.queue, why));
    }
    if (redis.status !== "ready") return;
    const answered = () => (this.heard = performance.now());
    await redis.ping().then(answered, () => {});
  }

  /** What events did not tell, because Redis or the network was away, is asked for. */
  private async lookAfter(): Promise<void> {
    const { redis, queue, address } = this.connections;
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
