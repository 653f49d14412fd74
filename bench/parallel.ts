/** What a second core gives: replications of about 100 ms each on worker threads, as users run them. */
import { runCells } from "../src/experiment/pool.ts";
import { scenarioFor } from "./publicPath.ts";
import { workloadNamed } from "./workloads.ts";

export interface Parallel {
  readonly replications: number;
  /** Wall time of one replication in one thread, warm [ms]. */
  readonly replicationMs: number;
  /** Wall time of all on one worker and on two, starting them included [ms]. */
  readonly oneWorkerMs: number;
  readonly twoWorkersMs: number;
  /** Share of two cores put to use, 0 to 1. */
  readonly efficiency: number;
  /** From nothing to the record of a run that does next to nothing, on one worker [ms]. */
  readonly startUpMs: number;
  /** Whether one worker and two gave the same records. */
  readonly same: boolean;
}

/** @param seconds simulated by one replication of W3 */
export async function measureParallel(
  { rounds, replications }: { rounds: number; replications: number },
  seconds: number,
): Promise<Parallel> {
  const scenario = scenarioFor(workloadNamed("W3"), [`run.duration=${seconds} s`]);
  const tiny = scenarioFor(workloadNamed("W1"), ["run.duration=1 s"]);
  const timed = async (cells: Parameters<typeof runCells>[0]) => {
    const before = performance.now();
    const records = await runCells(cells);
    return {
      ms: performance.now() - before,
      print: records.map((each) => each.fingerprint).join(),
    };
  };
  const least = { one: Infinity, two: Infinity, startUp: Infinity, alone: Infinity };
  let same = true;
  for (let round = 0; round < rounds; round++) {
    const one = await timed({ scenario, count: replications, jobs: 1 });
    const two = await timed({ scenario, count: replications, jobs: 2 });
    const startUp = await timed({ scenario: tiny, count: 1, jobs: 1 });
    const alone = await timed({ scenario, count: 4, jobs: 0 });
    same &&= one.print === two.print;
    least.one = Math.min(least.one, one.ms);
    least.two = Math.min(least.two, two.ms);
    least.startUp = Math.min(least.startUp, startUp.ms);
    least.alone = Math.min(least.alone, alone.ms / 4);
  }
  return {
    replications,
    replicationMs: least.alone,
    oneWorkerMs: least.one,
    twoWorkersMs: least.two,
    efficiency: least.one / (2 * least.two),
    startUpMs: least.startUp,
    same,
  };
}
