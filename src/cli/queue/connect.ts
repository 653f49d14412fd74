/** A connection to Redis that says what is wrong with it, and the packages it needs. */
import type { Redis } from "ioredis";
import { exit, Stop } from "../exit.ts";
import { queueTrouble, type Address } from "./address.ts";

/** How long the first answer may take [ms]. */
const PATIENCE = 5_000;
/** At the end nobody waits longer than this for a Redis that is silent [ms]. */
const FAREWELL = 2_000;
/** The oldest Redis that BullMQ works with. */
const OLDEST = 5;

/** BullMQ and its driver: only those who use a queue have them installed. */
export async function packages() {
  try {
    const [bullmq, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
    const { Queue, QueueEvents, UnrecoverableError, Worker } = bullmq;
    return { Queue, QueueEvents, Redis, UnrecoverableError, Worker };
  } catch (problem) {
    if ((problem as { code?: unknown }).code !== "ERR_MODULE_NOT_FOUND") throw problem;
    throw new Stop(
      exit.queue,
      "--queue needs two packages that are not installed: npm install bullmq@6 ioredis@5",
    );
  }
}

/** Connects, once; whatever is in the way ends the program with the reason. */
export async function connect({ name, options }: Address): Promise<Redis> {
  const { Redis } = await packages();
  let answered = false;
  const redis = new Redis({
    ...options,
    lazyConnect: true,
    connectTimeout: PATIENCE,
    // BullMQ wants commands to wait for as long as it takes.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (answered ? Math.min(200 * times, 2_000) : null),
  });
  let trouble: unknown;
  redis.on("error", (problem) => (trouble = problem));
  try {
    await redis.connect();
    refuseUnfit(await redis.info());
    answered = true;
    return redis;
  } catch (problem) {
    redis.disconnect();
    throw problem instanceof Stop ? problem : queueTrouble(name, trouble ?? problem);
  }
}

function refuseUnfit(info: string): void {
  const read = (field: string) => new RegExp(`^${field}:(.*?)\\r?$`, "m").exec(info)?.[1] ?? "";
  const version = read("redis_version");
  if (Number.parseInt(version, 10) < OLDEST)
    throw new Stop(exit.queue, `Redis ${version} is too old; it takes ${OLDEST} or newer`);
  const policy = read("maxmemory_policy");
  if (read("maxmemory") !== "0" && policy !== "noeviction")
    throw new Stop(
      exit.queue,
      `this Redis throws keys away when it is full (maxmemory-policy ${policy}); set noeviction`,
    );
}

/** Leaves Redis as it should be left, if it lets us. */
export async function farewell(steps: readonly Promise<unknown>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, FAREWELL)));
  await Promise.race([Promise.allSettled(steps), late]);
  clearTimeout(timer);
}
