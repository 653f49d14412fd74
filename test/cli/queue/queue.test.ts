/** A real queue: BullMQ on a Redis of our own, with workers that are killed and payloads that lie. */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { addressFrom } from "../../../src/cli/queue/address.ts";
import { listKey, packList, PREFIX, QUEUE } from "../../../src/cli/queue/chunks.ts";
import { idOf, ListBuilder } from "../../../src/experiment/cells/list.ts";
import { loadScenario } from "../../../src/scenario/load.ts";
import { PrivateRedis, whyNoRedis } from "../../support/redis.ts";
import { loadstar, scenarios, type Circumstances } from "../loadstar.ts";

const missing = whyNoRedis();
if (missing !== null) console.warn(`the queue is not tried: ${missing}`);
const program = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

/** Sixty cells of some ten milliseconds. */
const sweep = [
  ...["sweep", join(scenarios, "erlang-c.yaml"), "--set", "run.duration=60 s"],
  ...["--set", "run.warm-up=0 s", "--replications", "15", "--vary", "parts.tills.slots=7..10"],
  ...["--no-report", "--json"],
];

describe.skipIf(missing !== null)("a queue", () => {
  let redis: PrivateRedis;
  const workers = new Set<ChildProcess>();
  beforeAll(async () => void (redis = await new PrivateRedis().start()));
  afterEach(() => {
    for (const worker of workers) worker.kill("SIGKILL");
    workers.clear();
  });
  afterAll(() => redis.remove());

  /** A worker in a process of its own, ready to work. */
  async function work(): Promise<ChildProcess> {
    const words = ["worker", "--queue", redis.address, "--jobs", "1"];
    const worker = spawn(process.execPath, [program, ...words], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    workers.add(worker);
    await new Promise((resolve) => worker.stderr!.once("data", resolve));
    return worker;
  }

  const bull = async () => {
    const { Queue } = await import("bullmq");
    const { Redis } = await import("ioredis");
    const connection = new Redis({ path: redis.socket, maxRetriesPerRequest: null });
    return { connection, queue: new Queue(QUEUE, { connection, prefix: PREFIX }) };
  };

  test("gives the bytes of threads, though a worker is killed and Redis begins again", async () => {
    const { stdout } = await loadstar([...sweep, "--quiet"]);
    const [first] = [await work(), await work()];
    const command = spawn(process.execPath, [program, ...sweep, "--queue", redis.address]);
    const said = { stdout: "", stderr: "" };
    let restarted: Promise<unknown> | null = null;
    command.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
    command.stderr.setEncoding("utf8").on("data", (text: string) => {
      said.stderr += text;
      if (restarted) return;
      first!.kill("SIGKILL");
      restarted = redis.stop("SIGKILL").then(() => redis.start());
    });
    const code = await new Promise((resolve) => command.on("close", resolve));
    await restarted;
    expect([code, said.stdout === stdout]).toEqual([0, true]);
    const { connection, queue } = await bull();
    expect(await connection.keys(`${PREFIX}:list:*`)).toEqual([]);
    expect(await queue.getJobCounts()).toMatchObject({ completed: 0, prioritized: 0, active: 0 });
    connection.disconnect();
  });

  test("loses nothing that workers finished when the command is killed", async () => {
    const { stdout } = await loadstar([...sweep, "--quiet", "--seed", "again"]);
    await work();
    const words = [...sweep, "--seed", "again", "--queue", redis.address];
    const killed = await loadstar(words, { signal: "SIGKILL" });
    expect(killed.code).toBeNull();
    expect((await loadstar([...words, "--quiet"])).stdout === stdout).toBe(true);
  });

  test("an interrupted command leaves nothing there", async () => {
    const command = spawn(process.execPath, [program, ...sweep, "--queue", redis.address]);
    await new Promise((resolve) => command.stderr.once("data", resolve)); // that nobody listens
    command.kill("SIGINT");
    expect(await new Promise((resolve) => command.on("close", resolve))).toBe(130);
    const { connection, queue } = await bull();
    expect(await queue.getJobCounts()).toMatchObject({ prioritized: 0, active: 0 });
    expect(await connection.keys(`${PREFIX}:[lo]*`)).toEqual([]);
    connection.disconnect();
  });

  test("payloads that lie are refused by name, and the worker goes on", async () => {
    const { connection, queue } = await bull();
    const { QueueEvents } = await import("bullmq");
    const events = new QueueEvents(QUEUE, { connection, prefix: PREFIX });
    await events.waitUntilReady();
    const list = tills();
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
    await work();
    const jobs = await Promise.all(lies.map(([data]) => queue.add("chunk", data)));
    for (const [at, job] of jobs.entries())
      await expect(job.waitUntilFinished(events)).rejects.toThrow(lies[at]![1]);
    const honest = await queue.add("chunk", chunk({}));
    expect(await honest.waitUntilFinished(events)).toMatchObject({ lines: expect.any(String) });
    await queue.obliterate({ force: true });
    await connection.del(listKey(id), listKey("0".repeat(16)), listKey("1".repeat(16)));
    await events.close();
    connection.disconnect();
  });

  test("what others answered in a worker's name is refused, and the command says so", async () => {
    const { connection, queue } = await bull();
    const { Worker } = await import("bullmq");
    const options = { connection, prefix: PREFIX };
    const liar = new Worker(
      QUEUE,
      () => Promise.resolve({ took: 1, lines: "bm8gZ3ppcA==" }),
      options,
    );
    const ended = await loadstar([...sweep, "--seed", "liar", "--quiet", "--queue", redis.address]);
    expect([ended.code, ended.stderr]).toEqual([6, expect.stringContaining("cannot be unpacked")]);
    await liar.close(true);
    await queue.obliterate({ force: true });
    connection.disconnect();
  });

  test("files do not travel", async () => {
    const words = ["run", join(scenarios, "replay.yaml"), "--queue", redis.address];
    const { code, stderr } = await loadstar(words);
    expect([code, stderr]).toEqual([2, expect.stringContaining("files do not travel")]);
  });

  const asking = (address: string, how?: Circumstances) =>
    loadstar(["run", join(scenarios, "mm1.yaml"), "--no-report", "--queue", address], how);

  test("a Redis that is away, refuses us, is full or forgets is told from the others", async () => {
    const away = await asking("redis://127.0.0.1:1");
    expect([away.code, away.stderr]).toEqual([
      6,
      expect.stringContaining("cannot be reached: ECONNREFUSED"),
    ]);
    const locked = await new PrivateRedis().start("--requirepass", "tr0ub4dor");
    const refused = await asking(locked.address);
    expect([refused.code, refused.stderr]).toEqual([
      6,
      expect.stringContaining("LOADSTAR_REDIS_PASSWORD"),
    ]);
    const wrong = await asking(locked.address, { env: { LOADSTAR_REDIS_PASSWORD: "guessed" } });
    expect([wrong.code, wrong.stderr]).toEqual([6, expect.stringContaining("WRONGPASS")]);
    expect(wrong.stderr).not.toContain("guessed");
    await locked.remove();
    const full = await new PrivateRedis().start("--maxmemory", "1mb");
    const denied = await asking(full.address);
    expect([denied.code, denied.stderr]).toEqual([6, expect.stringContaining("Redis is full")]);
    await full.remove();
    const forgets = await new PrivateRedis().start(
      ...["--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"],
    );
    const unfit = await asking(forgets.address);
    expect([unfit.code, unfit.stderr]).toEqual([6, expect.stringContaining("set noeviction")]);
    await forgets.remove();
  });
});

/** Two cells. */
function tills() {
  const text =
    "{ title: t, run: { duration: 1 s }, workloads: { w: { to: a, arrivals: { rate: 9 rps } } }, parts: { a: { kind: service, slots: 1, work: 9 ms } } }";
  const readFile = () => "";
  const loaded = loadScenario({ file: "t.yaml", text, readFile, set: [], variant: null });
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  return new ListBuilder(loaded.scenario, "measures").add(loaded.scenario, 0, 2).cells().list;
}

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
