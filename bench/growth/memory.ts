/** What a run keeps and what it throws away. Every figure in a process of its own. */
import { simulate } from "../../src/experiment/replication.ts";
import { scenarioFor } from "../publicPath.ts";
import { workloadNamed } from "../workloads.ts";
import type { Curve } from "./curve.ts";
import { withLive } from "./liveRequests.ts";

/** The whole process at its fullest, Node itself (some 45 MB) and the copying while arrays grow included. */
export const peakMemory: Curve = {
  title: "live requests, memory of the whole process at its fullest",
  unit: "MB",
  sizes: [1e2, 1e4, 1e5, 1e6],
  bound: { most: 300 },
  fresh: [],
  measure(size) {
    withLive(Number(size));
    return (process.resourceUsage().maxRSS * 1024) / 1e6;
  },
};

export const bytesPerLiveRequest: Curve = {
  title: "live requests, bytes for each: its calls, work and time-out",
  unit: "bytes per live request",
  sizes: [1e4, 1e5, 1e6],
  fresh: ["--expose-gc"],
  measure(size) {
    // Resident memory: blocks are allocated larger than they are filled.
    const idle = resident();
    let most = 0;
    const { record } = withLive(Number(size), { onFull: () => (most = resident()) });
    const live = record.parts.reduce((sum, { inFlight }) => sum + inFlight, 0);
    return (most - idle) / live;
  },
};

/**
 * Ever longer runs with the same number of windows. What is kept per request served would grow eight
 * times; the windows' histograms alone grow a little, as ever rarer latencies fill a bucket, and so
 * does what the compiler keeps.
 */
export const bytesPerHour: Curve = {
  title: "simulated hours of W1 in 100 windows, what the finished run keeps",
  unit: "kB",
  sizes: [1, 2, 4, 8],
  fresh: ["--expose-gc"],
  bound: { size: 8, against: 1, ratio: 2 },
  measure(size, quick) {
    const seconds = Number(size) * (quick ? 36 : 3600);
    const set = [`run.duration=${seconds} s`, `run.window=${seconds / 100} s`];
    const scenario = scenarioFor(workloadNamed("W1"), set);
    const idle = kept();
    let most = 0;
    const record = simulate(scenario, 0, (share) => {
      if (share > 0.985) most = Math.max(most, kept());
    });
    return record.events > 0 ? (most - idle) / 1000 : NaN;
  },
};

/**
 * With a young generation so large that nothing is collected, the heap shows what was allocated. The
 * run before it is for the compiler; few windows, because those are kept and are no garbage.
 */
export const bytesPerEvent: Curve = {
  title: "garbage in steady state",
  unit: "bytes per event",
  sizes: ["W1", "W2", "W3", "W1 with events", "W3 with events", "W4"],
  fresh: ["--min-semi-space-size=512", "--max-semi-space-size=512"],
  bound: { most: 5 },
  measure(size, quick) {
    const [name = "", ...withEvents] = String(size).split(" ");
    const workload = workloadNamed(name);
    const engine = withEvents.length > 0 ? ["run.engine=events"] : [];
    const small = quick ? workload.small : [];
    const { duration } = scenarioFor(workload, small).run;
    const window = `run.window=${duration / 10e9} s`;
    const scenario = scenarioFor(workload, [...small, ...engine, window]);
    simulate(scenario, 0);
    const heap: number[] = [];
    const { events } = simulate(scenario, 0, () => heap.push(process.memoryUsage().heapUsed));
    const steps = heap.slice(1).map((used, step) => used - heap[step]!);
    const middle = steps.sort((a, b) => a - b)[steps.length >> 1]!;
    return middle / (events / heap.length);
  },
};

/** Bytes of the process in memory, after a collection. */
function resident(): number {
  globalThis.gc!();
  return process.memoryUsage().rss;
}

/** Bytes the process holds on to, after a collection. */
function kept(): number {
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
