/**
 * Where a queue is: `redis://host:6379/0`, `rediss://…` for TLS, or `unix:///run/redis.sock`. User and
 * password come from the environment: what is on a command line stands in every process list.
 */
import { isIP } from "node:net";
import type { RedisOptions } from "ioredis";
import { exit, Stop } from "../exit.ts";

const USER = "LOADSTAR_REDIS_USERNAME";
const PASSWORD = "LOADSTAR_REDIS_PASSWORD";

export interface Address {
  /** For messages: where, never as whom. */
  readonly name: string;
  readonly options: RedisOptions;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function addressFrom(text: string, environment: Environment): Address {
  const url = URL.canParse(text) ? new URL(text) : null;
  const refuse = (why: string) => new Stop(exit.commandLine, `--queue: ${why}`);
  if (!url || !["redis:", "rediss:", "unix:"].includes(url.protocol))
    throw refuse(
      "it takes redis://host:6379, rediss://host:6379 for TLS, or unix:///run/redis.sock",
    );
  if (url.username !== "" || url.password !== "")
    throw refuse(
      `everybody can read a command line; give user and password in ${USER} and ${PASSWORD}`,
    );
  const as = {
    ...(environment[USER] ? { username: environment[USER] } : {}),
    ...(environment[PASSWORD] ? { password: environment[PASSWORD] } : {}),
  };
  if (url.protocol === "unix:") {
    const path = decodeURIComponent(url.pathname);
    return { name: `unix://${path}`, options: { path, ...as } };
  }
  const database = /^\/?(\d{0,4})$/.exec(url.pathname)?.[1];
  if (url.hostname === "" || database === undefined)
    throw refuse(
      "it takes a host, and after it at most the number of a database: redis://host:6379/0",
    );
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = Number(url.port || 6379);
  // Certificates of addresses without a name are asked for without one (RFC 6066, section 3).
  const named = isIP(host) === 0 ? { servername: host } : {};
  const tls = url.protocol === "rediss:" ? { tls: named } : {};
  const name = `${url.protocol}//${url.hostname}:${port}${database ? `/${database}` : ""}`;
  return { name, options: { host, port, db: Number(database), ...tls, ...as } };
}

/** What Redis or the network said, in words; the address is named, and what to do about it. */
export function queueTrouble(name: string, problem: unknown): Stop {
  if (problem instanceof Stop) return problem;
  const { message, code } = problem as { message?: string; code?: string };
  const said = String(message ?? problem).split("\n", 1)[0]!;
  return new Stop(exit.queue, `${name}: ${meaning(said, code)}`);
}

function meaning(said: string, code: string | undefined): string {
  if (/^OOM /.test(said))
    return "Redis is full (maxmemory); finished cells are kept, give it room and go on with --resume";
  if (/certificate/i.test(said))
    return `its certificate is not trusted (${code ?? said}); NODE_EXTRA_CA_CERTS takes a file with your authority`;
  if (/^(NOAUTH|WRONGPASS|NOPERM)|password|AUTH/i.test(said))
    return `Redis refuses us (${said.split(" ", 1)[0]}); give user and password in ${USER} and ${PASSWORD}`;
  if (/^MISCONF/.test(said)) return "Redis cannot write to its disk and takes nothing more";
  if (/^READONLY/.test(said)) return "this Redis is a replica; name its primary";
  if (/could not renew lock|missing lock/i.test(said))
    return "what was under way here was given to another worker, because Redis had not heard from this one";
  return code === undefined ? `Redis says: ${said}` : `Redis cannot be reached: ${code}`;
}
