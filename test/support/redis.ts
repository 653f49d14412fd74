/** A Redis of one's own, where the system has one: on a private socket, ended by its process id. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const PATIENCE = 10_000;

/** Why there is none, or null when there is one. */
export function whyNoRedis(): string | null {
  if (!onPath("redis-server")) return "redis-server is not installed";
  const require = createRequire(import.meta.url);
  for (const name of ["bullmq", "ioredis"]) {
    try {
      require.resolve(name);
    } catch {
      return `the package ${name} is not installed`;
    }
  }
  return null;
}

/** Whether the system has a program. */
export function onPath(program: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.some((folder) => existsSync(join(folder, program)));
}

export class PrivateRedis {
  readonly folder = mkdtempSync(join(tmpdir(), "loadstar-redis-"));
  readonly socket = join(this.folder, "redis.sock");
  /** What `--queue` takes. */
  readonly address = `unix://${this.socket}`;
  private server: ChildProcess | null = null;

  /** Starts it, with what it wrote before it was stopped. */
  async start(...more: string[]): Promise<this> {
    const words = ["--port", "0", "--unixsocket", this.socket, "--dir", this.folder];
    const durable = ["--save", "", "--appendonly", "yes", "--maxmemory-policy", "noeviction"];
    const server = spawn("redis-server", [...words, ...durable, ...more], { stdio: "pipe" });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("redis-server does not start")), PATIENCE);
      server.stdout.setEncoding("utf8").on("data", (said: string) => {
        if (!said.includes("ready to accept connections")) return;
        clearTimeout(late);
        resolve();
      });
      server.on("error", reject);
    });
    return this;
  }

  /** Keeps every connection and says nothing more. */
  freeze(): void {
    this.server!.kill("SIGSTOP");
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const { server } = this;
    if (server === null || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server.on("exit", resolve));
    server.kill(signal);
    await ended;
    this.server = null;
  }

  async remove(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Bytes in use, as Redis counts them. */
  async usedMemory(): Promise<number> {
    const { Redis } = await import("ioredis");
    const redis = new Redis({ path: this.socket, maxRetriesPerRequest: 1 });
    try {
      return Number(/^used_memory:(\d+)/m.exec(await redis.info("memory"))![1]);
    } finally {
      redis.disconnect();
    }
  }
}
