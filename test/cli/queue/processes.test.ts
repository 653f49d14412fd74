/** The queue as it is used: commands and workers in processes of their own, which end when nobody expects it. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { PREFIX, QUEUE } from "../../../src/cli/queue/chunks.ts";
import { openQueue } from "../../../src/cli/queue/hands.ts";
import { filesIn, folderWith } from "../../support/folder.ts";
import { onPath, PrivateRedis, whyNoRedis } from "../../support/redis.ts";
import { loadstar, scenarios } from "../loadstar.ts";

const missing = whyNoRedis();
const program = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

/** Forty cells of some ten milliseconds. */
const sweep = [
  ...["sweep", join(scenarios, "erlang-c.yaml"), "--set", "run.duration=40 s"],
  ...["--set", "run.warm-up=0 s", "--replications", "10", "--vary", "parts.tills.slots=7..10"],
  ...["--no-report", "--json"],
];

describe.skipIf(missing !== null)("a queue of processes", () => {
  let redis: PrivateRedis;
  /** What threads say. */
  let whole: string;
  const workers = new Set<ChildProcess>();
  beforeAll(async () => {
    redis = await new PrivateRedis().start();
    whole = (await loadstar([...sweep, "--quiet"])).stdout;
  });
  afterEach(() => {
    for (const worker of workers) worker.kill("SIGKILL");
    workers.clear();
  });
  afterAll(() => redis.remove());

  /** A worker that is ready, and all it says. */
  async function work(address = redis.address, env: NodeJS.ProcessEnv = {}) {
    const words = [program, "worker", "--queue", address, "--jobs", "1"];
    const worker = spawn(process.execPath, words, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    workers.add(worker);
    const said: string[] = [];
    for (const stream of [worker.stdout, worker.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => said.push(text));
    await new Promise((resolve) => worker.stderr.once("data", resolve));
    return { worker, said };
  }

  /** A command that is under way. */
  function ask(words: readonly string[] = sweep, onWord: () => void = () => {}) {
    const command = spawn(process.execPath, [program, ...words, "--queue", redis.address]);
    const said = { stdout: "" };
    command.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
    command.stderr.once("data", onWord).resume();
    const ended = new Promise((resolve) =>
      command.on("close", (code) => resolve([code, said.stdout === whole])),
    );
    return { command, ended };
  }

  async function bull() {
    const { Queue } = await import("bullmq");
    const { Redis } = await import("ioredis");
    const connection = new Redis({ path: redis.socket, maxRetriesPerRequest: null });
    return { connection, queue: new Queue(QUEUE, { connection, prefix: PREFIX }) };
  }

  test("gives the bytes of threads, though a worker is killed and Redis begins again", async () => {
    const [{ worker }] = [await work(), await work()];
    let restarted: Promise<unknown> | undefined;
    const { ended } = ask(sweep, () => {
      worker.kill("SIGKILL");
      restarted = redis.stop("SIGKILL").then(() => redis.start());
    });
    expect(await ended).toEqual([0, true]);
    await restarted;
    const { connection, queue } = await bull();
    expect(await connection.keys(`${PREFIX}:list:*`)).toEqual([]);
    expect(await queue.getJobCounts()).toMatchObject({ completed: 0, prioritized: 0, active: 0 });
    connection.disconnect();
  });

  test("a worker that slept does again what another did, and works on", async () => {
    const { connection, queue } = await bull();
    const sleeper = await work();
    const { ended } = ask();
    await vi.waitUntil(async () => (await queue.getActiveCount()) > 0, { timeout: 30_000 });
    sleeper.worker.kill("SIGSTOP");
    const other = await work();
    expect(await ended).toEqual([0, true]);
    other.worker.kill("SIGKILL");
    sleeper.worker.kill("SIGCONT");
    expect(await ask().ended).toEqual([0, true]);
    connection.disconnect();
  });

  test("loses nothing that workers finished when the command is killed", async () => {
    await work();
    const { command, ended } = ask(sweep, () => command.kill("SIGKILL"));
    expect(await ended).toEqual([null, false]);
    expect(await ask([...sweep, "--quiet"]).ended).toEqual([0, true]);
  });

  test("an interrupted command leaves nothing there", async () => {
    const { command, ended } = ask(sweep, () => command.kill("SIGINT")); // says that nobody listens
    expect(await ended).toEqual([130, false]);
    const { connection, queue } = await bull();
    expect(await queue.getJobCounts()).toMatchObject({ prioritized: 0, active: 0 });
    expect(await connection.keys(`${PREFIX}:[lo]*`)).toEqual([]);
    connection.disconnect();
  });

  test.skipIf(!onPath("openssl"))("TLS, user and password, which nobody is told", async () => {
    const folder = folderWith({});
    const openssl = (words: string) =>
      execFileSync("openssl", words.split(" "), { cwd: folder, stdio: "ignore" });
    const key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
    openssl(`req -x509 ${key} -subj /CN=authority -keyout ca.key -out ca.pem`);
    const names = "-subj /CN=queue -addext subjectAltName=DNS:localhost";
    openssl(`req -x509 ${key} -CA ca.pem -CAkey ca.key ${names} -keyout key.pem -out cert.pem`);
    const port = await freePort();
    const [user, password] = ["pl4nner", "tr0ub4dor&3"];
    const secured = await new PrivateRedis().start(
      ...["--tls-port", String(port), "--bind", "127.0.0.1", "--tls-auth-clients", "no"],
      ...["--tls-cert-file", join(folder, "cert.pem"), "--tls-key-file", join(folder, "key.pem")],
      ...["--user", user, "on", `>${password}`, `~${PREFIX}:*`, "+@all", "-flushall"],
      ...["--user", "default", "off"],
    );
    const address = `rediss://localhost:${port}`;
    const trust = { NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") };
    const as = { LOADSTAR_REDIS_USERNAME: user, LOADSTAR_REDIS_PASSWORD: password };
    const words = ["run", join(scenarios, "mm1.yaml"), "--set", "run.duration=20 s"];
    const short = [...words, "--set", "run.warm-up=0 s", "--replications", "2"];
    const asking = (env: Record<string, string>) =>
      loadstar([...short, "--json", "--queue", address, "--out", join(folder, "reports")], { env });

    const untrusted = openQueue({
      address,
      priority: undefined,
      signal: new AbortController().signal,
    });
    await expect(untrusted).rejects.toThrow("NODE_EXTRA_CA_CERTS");
    const wrong = await asking({ ...trust, ...as, LOADSTAR_REDIS_USERNAME: "n0body" });
    expect([wrong.code, wrong.stderr]).toEqual([6, expect.stringContaining("WRONGPASS")]);
    const { said } = await work(address, { ...trust, ...as });
    const ended = await asking({ ...trust, ...as });
    const local = await loadstar([...short, "--no-report", "--json"]);
    expect([ended.code, ended.stdout]).toEqual([local.code, local.stdout]);
    const written = Object.entries(filesIn(join(folder, "reports"))).flat();
    const all = [wrong.stderr, ended.stdout, ended.stderr, ...said, ...written].join();
    expect(all).toContain(address);
    for (const secret of [user, password, "n0body"]) expect(all).not.toContain(secret);
    await secured.remove();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
