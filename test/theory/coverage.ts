/** How often the intervals that a Result tells contain what they are about. */
import { assemble } from "../../src/experiment/assemble.ts";
import { simulate } from "../../src/experiment/replication.ts";
import { loadScenario, type Scenario } from "../../src/scenario/load.ts";

/** Poisson arrivals, exponential work, one server at 80 %: response times are exponential of mean 50 ms. */
const MEAN = 0.01 / (1 - 0.8);
const P99 = MEAN * Math.log(100);

/**
 * Forty runs of some 4,000 requests each: so short that the mean of the runs' own p99 lies 4 % below
 * the truth, and Student's interval around it would contain it in only 74 % of repetitions.
 */
const text = `
title: A queue of the textbook
run: { duration: 70 s, warm-up: 20 s, window: 70 s, replications: 40 }
workloads: { requests: { to: station, arrivals: { kind: poisson, rate: 80/s } } }
parts: { station: { kind: service, slots: 1, work: { kind: exponential, mean: 10 ms } } }
`;

export interface Coverage {
  readonly mean: number;
  readonly p99: number;
}

/** In how many repetitions of the forty runs the 95 % intervals contained mean and p99. */
export function covered(repetitions: number): Coverage {
  let [mean, p99] = [0, 0];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const scenario = scenarioOf(`coverage ${repetition}`);
    const records = Array.from({ length: 40 }, (_, at) => simulate(scenario, at));
    const { estimates } = assemble(scenario, records).total;
    const around = estimates["mean"]!;
    if (Math.abs(around.mean! - MEAN) <= around.halfWidth!) mean++;
    const { low, high } = estimates["p99"]!.interval!;
    if (low <= P99 && P99 <= (high ?? Infinity)) p99++;
  }
  return { mean, p99 };
}

function scenarioOf(seed: string): Scenario {
  const nothing = () => "";
  const set = [`seed=${seed}`];
  const loaded = loadScenario({ file: "coverage", text, readFile: nothing, set, variant: null });
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  return loaded.scenario;
}
