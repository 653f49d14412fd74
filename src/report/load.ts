/** What flowed over each edge of the platform, as far as the counts of parts can tell. */
import type { PartResult, Result } from "../experiment/result.ts";

type Edge = Result["edges"][number];

export interface LoadedEdge extends Edge {
  /** Calls per second over the measured part of the run; null where several callers share a part. */
  readonly perSecond: number | null;
}

/**
 * A part's calls are known, not who made them. They are its only caller's; of several, workloads know
 * their attempts and caches their misses, and the rest is that of the one part that is left.
 */
export function loadedEdges(result: Result): LoadedEdge[] {
  return result.edges.map((edge) => {
    const calls = callsOver(edge, result);
    return { ...edge, perSecond: calls === null ? null : perSecond(calls, result) };
  });
}

/** Calls per second of a part over the measured part of the run, a replication's mean. */
export function arrivalsOf(part: PartResult, result: Result): number {
  return perSecond(part.calls.arrived, result);
}

function perSecond(calls: number, { run }: Result): number {
  return calls / run.replications / (run.duration - run.warmUp);
}

function callsOver(edge: Edge, result: Result): number | null {
  const callee = result.parts.find(({ name }) => name === edge.to);
  if (!callee) return null;
  const { arrived } = callee.calls;
  const others = result.edges.filter((other) => other.to === edge.to && other !== edge);
  if (others.length === 0) return arrived;
  const own = known(edge, result);
  if (own !== null) return own;
  const theirs = others.map((other) => known(other, result));
  if (theirs.some((calls) => calls === null)) return null;
  return Math.max(0, arrived - theirs.reduce<number>((sum, calls) => sum + calls!, 0));
}

function known({ kind, from }: Edge, result: Result): number | null {
  if (kind === "part") return fetches(from, result);
  return result.classes
    .filter(({ workload }) => workload === from)
    .reduce((sum, { attempts }) => sum + attempts, 0);
}

/** What a cache asked of the part behind it: its misses, where it asks for nothing else. */
function fetches(from: string, { parts, resolved }: Result): number | null {
  const caller = parts.find(({ name }) => name === from);
  if (!caller?.cache) return null;
  const written = (resolved["parts"] as Record<string, Record<string, unknown>>)[from];
  const writes = written?.["writes"] as Record<string, unknown> | undefined;
  const isPlain = writes?.["kind"] === "aside" && isNever(written?.["stale-while-revalidate"]);
  return isPlain ? caller.cache.misses : null;
}

function isNever(length: unknown): boolean {
  return typeof length === "string" && /^0 ?[a-z]*$/.test(length);
}
