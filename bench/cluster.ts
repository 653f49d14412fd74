/**
 * The whole promise of "past one machine" at its full size, with real processes and a real Redis:
 * the same bytes from threads, shards and a queue whose workers and Redis are killed under way, and
 * what the queue costs.
 *
 *     npm run build && npx tsc -p bench/tsconfig.json && node dist/bench-build/bench/cluster.js
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrivateRedis, whyNoRedis } from "../test/support/redis.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = join(root, "dist/cli/main.js");
const scenario = join(root, "scenarios/erlang-c.yaml");
const place = mkdtempSync(join(tmpdir(), "loadstar-cluster-"));

/** Ten thousand cells of some milliseconds each: a hundred sizes, ten windows, ten runs of each. */
const many = [
  ...["--set", "run.duration=20 s", "--set", "run.warm-up=0 s", "--replications", "10"],
  ...["--vary", "parts.tills.slots=5..104", "--vary", "run.window=1 s..10 s:1"],
];
/** Cells of some 100 ms. */
const heavy = (seconds: number, replications: number) => [
  ...["--set", `run.duration=${seconds} s`, "--set", "run.warm-up=0 s"],
  ...["--vary", "parts.tills.slots=7..10", "--replications", String(replications)],
];

const sweep = (words: string[]) => [
  "sweep",
  scenario,
  ...words,
  "--quiet",
  "--no-report",
  "--json",
];

async function main(): Promise<void> {
  const missing = whyNoRedis();
  if (missing) return console.log(`not run: ${missing}`);
  const redis = await new PrivateRedis().start();
  try {
    await sameBytes(redis);
    await throughput(redis);
    await memory(redis);
  } finally {
    await redis.remove();
    rmSync(place, { recursive: true });
  }
}

async function sameBytes(redis: PrivateRedis): Promise<void> {
  say("one thread", await hashOf(sweep([...many, "--jobs", "1"])));
  say("two threads", await hashOf(sweep([...many, "--jobs", "2"])));
  for (let at = 7; at >= 1; at--)
    await hashOf(["sweep", scenario, ...many, "--quiet", "--out", place, "--shard", `${at}/7`]);
  const folder = join(place, "erlang-c");
  const parts = readdirSync(folder).toSorted().reverse();
  const paths = parts.map((name) => join(folder, name));
  say("7 shards, in reverse", await hashOf(["merge", ...paths, "--no-report", "--json"]));
  const workers = [work(redis), work(redis)];
  const words = sweep([...many, "--queue", redis.address]).filter((word) => word !== "--quiet");
  let past = 0;
  const asked = hashOf(words, (percent) => {
    if (past < 30 && percent >= 30) workers[0]!.kill("SIGKILL");
    if (past < 60 && percent >= 60) void redis.stop("SIGKILL").then(() => redis.start());
    past = percent;
  });
  say("queue, worker and Redis killed", await asked);
  workers[1]!.kill("SIGTERM");
}

async function throughput(redis: PrivateRedis): Promise<void> {
  const words = heavy(2000, 30);
  const workers = [work(redis), work(redis)];
  await pause(3_000);
  const [local, remote]: [number[], number[]] = [[], []];
  // In turns, because others may use the machine too; the least of each disturbs least.
  for (let round = 0; round < 5; round++) {
    local.push(await timed(sweep([...words, "--jobs", "2"])));
    remote.push(await timed(sweep([...words, "--queue", redis.address])));
  }
  for (const worker of workers) worker.kill("SIGTERM");
  const [threads, queue] = [Math.min(...local), Math.min(...remote)];
  console.log(
    `two threads ${threads} ms, two workers ${queue} ms: ${(threads / queue).toFixed(2)}`,
  );
}

/** A queue of 100,000 cells, which nobody takes. */
async function memory(redis: PrivateRedis): Promise<void> {
  const words = ["--vary", "parts.tills.slots=1..1000", "--replications", "100"];
  const command = spawn(process.execPath, [
    program,
    ...sweep([...words, "--queue", redis.address]),
  ]);
  await pause(15_000);
  console.log(
    `100,000 cells asked for: ${Math.round((await redis.usedMemory()) / 1e5) / 10} MB in Redis`,
  );
  command.kill("SIGTERM");
  await new Promise((resolve) => command.on("exit", resolve));
}

function work(redis: PrivateRedis): ChildProcess {
  const words = ["worker", "--queue", redis.address, "--jobs", "1"];
  return spawn(process.execPath, [program, ...words], { stdio: "ignore" });
}

async function timed(words: string[]): Promise<number> {
  const began = performance.now();
  await hashOf(words);
  return Math.round(performance.now() - began);
}

/** The hash of everything the program prints. @param onPercent hears how far it says it is */
function hashOf(words: string[], onPercent: (percent: number) => void = () => {}): Promise<string> {
  const hash = createHash("sha256");
  const child = spawn(process.execPath, [program, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", (bytes: Buffer) => hash.update(bytes));
  child.stderr.setEncoding("utf8").on("data", (said: string) => {
    for (const [, percent] of said.matchAll(/simulated (\d+) %/g)) onPercent(Number(percent));
    if (!said.startsWith("simulated") && !said.startsWith("part:")) process.stderr.write(said);
  });
  return new Promise((resolve, reject) =>
    child.on("close", (code) =>
      code === 0 ? resolve(hash.digest("hex")) : reject(new Error(`ended with ${code}`)),
    ),
  );
}

const pause = (milliseconds: number) => new Promise((resume) => setTimeout(resume, milliseconds));

function say(how: string, hash: string): void {
  console.log(`${how.padEnd(32)} ${hash}`);
}

await main();
