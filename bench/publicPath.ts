/**
 * Both ways to run a workload, told alike: the scenario as users run it, and its floor.
 *
 * The public path is a file's text through `loadScenario` and `simulate`, everything measured.
 */
import { simulate, type RunRecord } from "../src/experiment/replication.ts";
import type { Scenario } from "../src/scenario/language.ts";
import { loadScenario } from "../src/scenario/load.ts";
import { Histogram } from "../src/statistics/histogram.ts";
import { textOf, type BenchWorkload } from "./workloads.ts";

/** What a run did, apart from how long it took. */
export interface Work {
  /** Requests that arrived [requests]. */
  readonly requests: number;
  /** Simulated time [ns]. */
  readonly simulated: number;
  /** Events executed, or computed in their place [events]. */
  readonly events: number;
  /** Requests answered in time, and the sum of their latencies [ns]. */
  readonly answered: number;
  readonly latencySum: number;
  /** Equal for two runs that did the same. */
  readonly checksum: string;
}

/** @param set replacements as on the command line: "run.duration=10 s" */
export function scenarioOf(text: string, file: string, set: readonly string[] = []): Scenario {
  const loaded = loadScenario({ file, text, readFile: readNothing, set, variant: null });
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  return loaded.scenario;
}

export function scenarioFor(workload: BenchWorkload, set: readonly string[] = []): Scenario {
  return scenarioOf(textOf(workload), workload.file, set);
}

/** One replication of the scenario. */
export function runScenario(scenario: Scenario): Work {
  const record = simulate(scenario, 0);
  const latency = latencyOf(record);
  return {
    requests: record.classes.reduce((sum, { all }) => sum + all.generated, 0),
    simulated: scenario.run.duration,
    events: record.events,
    answered: latency.count,
    latencySum: latency.sum,
    checksum: record.fingerprint,
  };
}

/** The floor for as long as the scenario, on the same streams. */
export function runFloor(workload: BenchWorkload, scenario: Scenario): Work {
  if (workload.floor === null) throw new Error(`${workload.name} has no floor`);
  const { requests, events, latency } = workload.floor(scenario.run.duration, `${scenario.seed}#0`);
  const { count, sum } = latency;
  const simulated = scenario.run.duration;
  return {
    requests,
    simulated,
    events,
    answered: count,
    latencySum: sum,
    checksum: `${count}:${sum}`,
  };
}

export function latencyOf({ classes }: RunRecord): Histogram {
  const all = new Histogram();
  for (const { latency } of classes) all.merge(Histogram.fromSparse(latency));
  return all;
}

function readNothing(path: string): string {
  throw new Error(`the benchmark's scenarios extend nothing, not ${path}`);
}
