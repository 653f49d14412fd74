/** The cost of the later part of a run, when whatever had to fill up has filled up. */
import { simulate, type RunRecord } from "../../src/experiment/replication.ts";
import type { Scenario } from "../../src/scenario/language.ts";
import { scenarioOf } from "../publicPath.ts";

export interface Steady {
  readonly record: RunRecord;
  /** CPU time from one share of the run to its end [ns]. */
  readonly cpu: number;
  /** Requests that arrived, and requests that were answered, in that time [requests]. */
  readonly arrived: number;
  readonly answered: number;
}

interface Run {
  readonly windows?: number;
  readonly engine?: string;
}

/** A scenario written as an object, its run divided into so many windows; with events unless told. */
export function written(
  seconds: number,
  rest: object,
  { windows = 100, engine = "events" }: Run = {},
): Scenario {
  const run = { duration: `${seconds} s`, window: `${seconds / windows} s`, engine };
  return scenarioOf(JSON.stringify({ title: "growth", run, ...rest }), "growth.yaml");
}

/**
 * @param from the hundredth of the run from which on it counts, 1 to 99; where a window begins
 * @param onFull called once, near the end of the run
 */
export function steady(scenario: Scenario, from: number, onFull: () => void = () => {}): Steady {
  let before = process.cpuUsage();
  let reports = 0;
  const record = simulate(scenario, 0, () => {
    if (++reports === from) before = process.cpuUsage();
    if (reports === 99) onFull();
  });
  const { user, system } = process.cpuUsage(before);
  const windows = record.classes.flatMap(({ windows: all }) =>
    all.slice((from * all.length) / 100),
  );
  return {
    record,
    cpu: (user + system) * 1000,
    arrived: windows.reduce((sum, { generated }) => sum + generated, 0),
    answered: windows.reduce((sum, { succeeded }) => sum + succeeded, 0),
  };
}
