/** What a second core gives: replications of about 100 ms each on worker threads, as users run them. */
import { runReplications, type Replications } from "../src/experiment/pool.ts";
import type { Scenario } from "../src/scenario/language.ts";
import { scenarioFor } from "./publicPath.ts";
import { workloadNamed } from "./workloads.ts";

export interface Parallel {
  readonly replications: number;
  /** Wall time of one replication in one thread, warm [ms]. */
  readonly replicationMs: number;
  /** Wall time of all on one worker and on two, starting them included [ms]. */
  readonly oneWorkerMs: number;
  readonly twoWorkersMs: number;
  /** Share of two cores put to use by each further replication, 0 to 1: starting up is told apart. */
  readonly efficiency: number;
  /** What two workers take before they are at full speed: starting, loading, compiling [ms]. */
  readonly warmUpMs: number;
  /** From nothing to the record of a run that does next to nothing, on one worker [ms]. */
  readonly startUpMs: number;
  /** Whether one worker and two gave the same records. */
  readonly same: boolean;
}

export interface ParallelOptions {
  readonly rounds: number;
  readonly replications: number;
  /** How long one replication is to take, warm and alone [ms]. */
  readonly replicationMs: number;
}

export async function measureParallel(options: ParallelOptions): Promise<Parallel> {
  const { rounds, replications } = options;
  const scenario = await replicationOf(options.replicationMs);
  const tiny = scenarioFor(workloadNamed("W1"), ["run.duration=1 s"]);
  const least = { one: Infinity, two: Infinity, startUp: Infinity, alone: Infinity };
  const leastTwice = { one: Infinity, two: Infinity };
  let same = true;
  for (let round = 0; round < rounds; round++) {
    const one = await timed({ scenario, count: replications, jobs: 1 });
    const two = await timed({ scenario, count: replications, jobs: 2 });
    const oneTwice = await timed({ scenario, count: 2 * replications, jobs: 1 });
    const twoTwice = await timed({ scenario, count: 2 * replications, jobs: 2 });
    const startUp = await timed({ scenario: tiny, count: 1, jobs: 1 });
    const alone = await timed({ scenario, count: 4, jobs: 0 });
    same &&= one.print === two.print && oneTwice.print === twoTwice.print;
    leastTwice.one = Math.min(leastTwice.one, oneTwice.ms);
    leastTwice.two = Math.min(leastTwice.two, twoTwice.ms);
    least.one = Math.min(least.one, one.ms);
    least.two = Math.min(least.two, two.ms);
    least.startUp = Math.min(least.startUp, startUp.ms);
    least.alone = Math.min(least.alone, alone.ms / 4);
  }
  const further = { one: leastTwice.one - least.one, two: leastTwice.two - least.two };
  return {
    replications,
    replicationMs: least.alone,
    oneWorkerMs: least.one,
    twoWorkersMs: least.two,
    efficiency: further.one / (2 * further.two),
    warmUpMs: least.two - further.two,
    startUpMs: least.startUp,
    same,
  };
}

/** Long enough to be timed: some 50 ms. */
const SAMPLE_SECONDS = 100;

/** W3, as much of it as takes so long [ms] on this machine once the compiler has settled. */
async function replicationOf(ms: number): Promise<Scenario> {
  const lasting = (seconds: number) =>
    scenarioFor(workloadNamed("W3"), [`run.duration=${seconds} s`]);
  const sample = { scenario: lasting(SAMPLE_SECONDS), count: 1, jobs: 0 };
  for (let run = 0; run < 5; run++) await timed(sample);
  return lasting(Math.ceil((SAMPLE_SECONDS * ms) / (await timed(sample)).ms));
}

/** Wall time, and what tells whether two ways did the same. */
async function timed(asked: Replications): Promise<{ ms: number; print: string }> {
  const before = performance.now();
  const records = await runReplications(asked);
  const ms = performance.now() - before;
  return { ms, print: records.map(({ fingerprint }) => fingerprint).join() };
}
