/** A real queue: BullMQ on a Redis of our own, shared by commands, with payloads that lie. */
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { exit, Stop } from "../../../src/cli/exit.ts";
import { locatorFor } from "../../../src/cli/files.ts";
import { addressFrom } from "../../../src/cli/queue/address.ts";
import { chunkOf, listKey, packList, PREFIX, QUEUE } from "../../../src/cli/queue/chunks.ts";
import { openQueue } from "../../../src/cli/queue/hands.ts";
import { work } from "../../../src/cli/queue/worker.ts";
import type { Hands } from "../../../src/experiment/cells/hands.ts";
import { lineOf } from "../../../src/experiment/cells/lines.ts";
import { idOf, ListBuilder, type Cells } from "../../../src/experiment/cells/list.ts";
import { Pool } from "../../../src/experiment/pool.ts";
import { folderWith } from "../../support/folder.ts";
import { PrivateRedis, whyNoRedis } from "../../support/redis.ts";
import { stored } from "../../support/stored.ts";
import { scenarios } from "../loadstar.ts";

const missing = whyNoRedis();
if (missing !== null) console.warn(`the queue is not tried: ${missing}`);

/** Some replications of a second at the tills. */
function tills(seed: string, count = 24): Cells {
  const scenario = stored("erlang-c", "run.duration=1 s", "run.warm-up=0 s", `seed=${seed}`);
  return new ListBuilder(scenario, "measures").add(scenario, 0, count).cells();
}

/** What hands say of every cell, in the order of the cells. */
async function linesBy(hands: Hands, cells: Cells, onCell = (_: number) => {}): Promise<string[]> {
  const lines: string[] = [];
  await hands.simulate({
    cells,
    wanted: Array.from({ length: cells.size }, (_, cell) => cell),
    onAnswer: (cell, answer) => {
      expect(lines[cell]).toBeUndefined();
      lines[cell] = lineOf(cell, answer);
      onCell(cell);
    },
  });
  return lines;
}

const here = (cells: Cells) => linesBy(new Pool({ jobs: 0 }), cells);

describe.skipIf(missing !== null)("a queue", () => {
  let redis: PrivateRedis;
  const ends: (() => Promise<unknown>)[] = [];
  beforeAll(async () => void (redis = await new PrivateRedis().start()));
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });
  afterAll(() => redis.remove());

  /** A command's side of the queue. */
  async function command(priority?: number, signal = new AbortController().signal): Promise<Hands> {
    const hands = await openQueue({ address: redis.address, priority, signal });
    ends.push(() => hands.close());
    return hands;
  }

  /** A worker's side, in this process. @param folder where it has files; what it complains about */
  async function worker(folder?: string): Promise<readonly string[]> {
    const enough = new AbortController();
    const complaints: string[] = [];
    await new Promise<void>((onReady) => {
      const working = work({
        address: addressFrom(redis.address, {}),
        jobs: 0,
        signal: enough.signal,
        locate: folder === undefined ? undefined : locatorFor(folder),
        onTrouble: (what) => complaints.push(what),
        onReady,
      });
      ends.push(() => (enough.abort(), working));
    });
    return complaints;
  }

  /** The queue itself, as anybody may use it who has the address. */
  async function bull() {
    const { Queue, QueueEvents, Worker } = await import("bullmq");
    const { Redis } = await import("ioredis");
    const connection = new Redis({ path: redis.socket, maxRetriesPerRequest: null });
    const at = { connection, prefix: PREFIX };
    const [queue, events] = [new Queue(QUEUE, at), new QueueEvents(QUEUE, at)];
    await events.waitUntilReady();
    ends.push(async () => {
      await events.close();
      await queue.obliterate({ force: true });
      await connection.flushall();
      connection.disconnect();
    });
    return { connection, queue, events, Worker, at };
  }

  test("commands share the workers, the urgent first, and an interrupted one disturbs nobody", async () => {
    const { connection, queue } = await bull();
    const [usual, urgent, dropped] = [tills("usual"), tills("urgent"), tills("dropped")];
    const ctrlC = new AbortController();
    const heard = { usual: 0, usualBefore: 0, dropped: 0 };
    const all = Promise.allSettled([
      linesBy(await command(), usual, () => heard.usual++),
      linesBy(await command(2), urgent, () => (heard.usualBefore = heard.usual)),
      linesBy(await command(1, ctrlC.signal), dropped, () => {
        heard.dropped++;
        ctrlC.abort(new Stop(exit.interrupted, "interrupted"));
      }),
    ]);
    await vi.waitUntil(async () => (await queue.getPrioritizedCount()) === 24); // eight of each
    await worker();
    const [ofUsual, ofUrgent, ofDropped] = await all;
    expect(ofUsual).toEqual({ status: "fulfilled", value: await here(usual) });
    expect(ofUrgent).toEqual({ status: "fulfilled", value: await here(urgent) });
    expect(ofDropped).toMatchObject({
      status: "rejected",
      reason: { code: 130, message: "interrupted" },
    });
    expect(heard.dropped).toBeLessThan(3);
    expect(heard.usualBefore).toBeLessThan(4);
    expect(await queue.getPrioritizedCount()).toBe(0);
    expect(await connection.keys(`${PREFIX}:[lo]*`)).toEqual([]);
  });

  test("a chunk that is delivered twice says the same, and is heard once", async () => {
    const { connection, queue, events } = await bull();
    const cells = tills("twice");
    const hands = await command();
    const answered = new Map<string, Set<string>>();
    let doubles = 0;
    events.on("completed", ({ jobId, returnvalue }) => {
      const { lines } = returnvalue as unknown as { lines: string };
      const chunk = jobId.replace("again-", "");
      const text = gunzipSync(Buffer.from(lines, "base64")).toString();
      answered.set(chunk, (answered.get(chunk) ?? new Set()).add(text));
      // The event itself comes twice too.
      const event = [
        "event",
        "completed",
        "jobId",
        jobId,
        "returnvalue",
        JSON.stringify(returnvalue),
      ];
      if (!jobId.startsWith("again-") && doubles++ < cells.size)
        void connection.xadd(`${PREFIX}:${QUEUE}:events`, "*", ...event);
    });
    events.on("added", ({ jobId }) => {
      if (jobId.startsWith("again-")) return;
      const [, first, count] = jobId.split("-").map(Number);
      const numbers = Array.from({ length: count! }, (_, at) => first! + at);
      // Before the usual ones, so that the list is still there.
      const data = chunkOf(idOf(cells.list), numbers);
      void queue.add("chunk", data, { jobId: `again-${jobId}`, priority: 1 });
    });
    const lines = linesBy(hands, cells);
    await vi.waitUntil(async () => (await queue.getPrioritizedCount()) === 16);
    await worker();
    expect(await lines).toEqual(await here(cells));
    expect(doubles).toBeGreaterThanOrEqual(8);
    expect([...answered.values()].every((texts) => texts.size === 1)).toBe(true);
  });

  test("files do not travel: a worker without them, or with others, refuses by name", async () => {
    await bull();
    const scenario = stored("replay", "run.duration=10 s", "run.replications=1");
    const cells = new ListBuilder(scenario, "record").add(scenario).cells();
    const hands = await command();
    await worker();
    await expect(linesBy(hands, cells)).rejects.toThrow(/refused: .*cannot read replay\.csv/);
    await ends.pop()!();
    await worker(`${folderWith({ "replay.csv": "at,kind,item\n" })}/any`);
    await expect(linesBy(hands, cells)).rejects.toThrow("replay.csv: here it has other bytes");
    await ends.pop()!();
    await worker(`${scenarios}/any`);
    expect(await linesBy(hands, cells)).toEqual(await here(cells));
  });

  test("payloads that lie are refused by name, and the worker goes on", async () => {
    const { connection, queue, events } = await bull();
    const { list } = tills("lies", 2);
    const id = idOf(list);
    await connection.set(listKey(id), await packList(list));
    await connection.set(listKey("0".repeat(16)), await packList(list));
    await connection.set(listKey("1".repeat(16)), "no gzip");
    const chunk = (more: object) => ({ engine: list.engine, list: id, cells: [[0, 1]], ...more });
    const lies: [object, string][] = [
      [chunk({ engine: "0.0.1" }), "for Loadstar 0.0.1"],
      [chunk({ cells: [[5, 1]] }), "has 2 cells, and it asks for more"],
      [chunk({ cells: Array.from({ length: 9_000 }, () => [0, 9_000]) }), "more than 10000"],
      [chunk({ list: "../../etc" }), "does not say which cells"],
      [chunk({ list: "0".repeat(16) }), "not what its name says"],
      [chunk({ list: "1".repeat(16) }), "cannot be unpacked"],
      [JSON.parse('{"__proto__":{"engine":"0.1.0"},"constructor":1}') as object, "does not say"],
    ];
    const complaints = await worker();
    const jobs = await Promise.all(lies.map(([data]) => queue.add("chunk", data)));
    for (const [at, job] of jobs.entries())
      await expect(job.waitUntilFinished(events)).rejects.toThrow(lies[at]![1]);
    await vi.waitUntil(() => complaints.length === lies.length);
    const honest = await queue.add("chunk", chunk({}));
    expect(await honest.waitUntilFinished(events)).toMatchObject({ lines: expect.any(String) });
  });

  test("what others answered in a worker's name is refused", async () => {
    const { Worker, at } = await bull();
    const lie = () => Promise.resolve({ took: 1, lines: "bm8gZ3ppcA==" });
    const liar = new Worker(QUEUE, lie, at);
    ends.push(() => liar.close(true));
    const asking = linesBy(await command(), tills("liar"));
    await expect(asking).rejects.toMatchObject({
      code: 6,
      message: expect.stringMatching(/^unix:\/\/.*: cell \d+: it cannot be unpacked/),
    });
  });

  test.each(["is killed", "says nothing more"])("a Redis that %s is given up", async (how) => {
    const other = await new PrivateRedis().start();
    const { signal } = new AbortController();
    const { address } = other;
    const hands = await openQueue({ address, priority: undefined, signal, patience: 1_000 });
    const asking = linesBy(hands, tills("away"));
    if (how === "is killed") await other.stop("SIGKILL");
    else other.freeze();
    await expect(asking).rejects.toMatchObject({
      code: 6,
      message: `${address}: Redis has been away for 1 s; finished cells are kept, go on with --resume`,
    });
    await hands.close();
    await other.remove();
  });

  const asking = async (address: string) => {
    const { signal } = new AbortController();
    const hands = await openQueue({ address, priority: undefined, signal });
    try {
      await linesBy(hands, tills("unfit"));
    } finally {
      await hands.close();
    }
  };
  const refusal = (...words: string[]) =>
    expect.objectContaining({
      code: 6,
      message: expect.stringMatching(new RegExp(words.join(".*"))),
    });

  test("a Redis that is not there, is full, forgets or refuses us is told from the others", async () => {
    await expect(asking("redis://127.0.0.1:1")).rejects.toEqual(
      refusal("redis://127.0.0.1:1: ", "cannot be reached: ECONNREFUSED"),
    );
    const { connection } = await bull();
    const become = async (...settings: string[]) => {
      for (let at = 0; at < settings.length; at += 2)
        await connection.config("SET", settings[at]!, settings[at + 1]!);
    };
    await become("maxmemory", "1mb");
    await expect(asking(redis.address)).rejects.toEqual(refusal("Redis is full"));
    await become("maxmemory", "100mb", "maxmemory-policy", "allkeys-lru");
    await expect(asking(redis.address)).rejects.toEqual(refusal("allkeys-lru", "set noeviction"));
    await become("maxmemory", "0", "maxmemory-policy", "noeviction", "requirepass", "tr0ub4dor");
    await expect(asking(redis.address)).rejects.toEqual(refusal("LOADSTAR_REDIS_PASSWORD"));
    vi.stubEnv("LOADSTAR_REDIS_PASSWORD", "guessed");
    await expect(asking(redis.address)).rejects.toEqual(refusal("WRONGPASS"));
    await expect(asking(redis.address)).rejects.not.toEqual(refusal("guessed"));
    vi.unstubAllEnvs();
    await become("requirepass", "");
  });
});

describe("an address", () => {
  test("takes user and password from the environment, and never says them", () => {
    const as = { LOADSTAR_REDIS_USERNAME: "planner", LOADSTAR_REDIS_PASSWORD: "s3cret" };
    const { name, options } = addressFrom("rediss://queue.internal/3", as);
    expect(name).toBe("rediss://queue.internal:6379/3");
    expect(options).toMatchObject({
      host: "queue.internal",
      port: 6379,
      db: 3,
      username: "planner",
    });
    expect(options).toMatchObject({ password: "s3cret", tls: { servername: "queue.internal" } });
    expect(addressFrom("rediss://[::1]", {}).options).toMatchObject({ host: "::1", tls: {} });
  });

  test.each([
    "http://a",
    "redis://",
    "queue",
    "redis://me:secret@host",
    "redis://host/one",
    "redis://:pw@h",
  ])("%s is refused without a secret", (text) => {
    expect(() => addressFrom(text, {})).toThrow(/^--queue: (?!.*secret)/);
  });
});
