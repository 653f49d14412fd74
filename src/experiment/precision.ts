/**
 * Replications until a number is known well enough: as many as its interval needs, not as many as
 * somebody guessed.
 *
 * Begins with a floor of replications, since the spread of a few is itself a guess, and asks for
 * more by what the spread says, at most twice as many at a time. How many there are in the end
 * depends on the numbers alone, never on how many ran at the same time. An interval that chose its
 * own moment to stop covers a little less often than it says (Law, Simulation Modeling and
 * Analysis, 2015, section 9.4.1: 0.86 to 0.90 for a nominal 0.90); the floor keeps that small.
 */
import type { Scenario } from "../scenario/language.ts";
import { studentInterval } from "../statistics/intervals.ts";
import { measuresOf, sampleOf, samplesOf } from "./measures.ts";
import type { RunRecord } from "./replication.ts";
import { quantityName } from "./result.ts";

/** "p99 of checkout within 5 %". */
export interface Goal {
  readonly metric: string;
  readonly of: string | null;
  /** Half-width wanted, as a share of the mean. */
  readonly within: number;
}

/** Replications to begin with, and the most. */
export interface Bounds {
  readonly floor: number;
  readonly ceiling: number;
}

/** A goal from its words; null when they are none. */
export function parseGoal(text: string): Goal | null {
  const words = /^\s*(\S+)(?:\s+of\s+(\S+))?\s+within\s+(\d+(?:\.\d+)?)\s*%\s*$/.exec(text);
  const within = Number(words?.[3]) / 100;
  if (!words || !(within > 0)) return null;
  return { metric: words[1]!, of: words[2] ?? null, within };
}

export interface Precise {
  readonly records: readonly RunRecord[];
  /** Half-width reached, as a share of the mean; null when the number does not exist in every run. */
  readonly reached: number | null;
}

/** What a goal can be about in a scenario: every quantity its records tell. */
export class UnknownQuantity extends Error {
  readonly known: readonly string[];

  constructor(known: readonly string[]) {
    super("there is no such quantity");
    this.known = known;
  }
}

/** @param more gives the records of replications `from` … `to` - 1 */
export async function untilPrecise(
  scenario: Scenario,
  goal: Goal,
  { floor, ceiling }: Bounds,
  more: (from: number, to: number) => Promise<RunRecord[]>,
): Promise<Precise> {
  const records: RunRecord[] = [];
  for (let wanted = floor; ;) {
    records.push(...(await more(records.length, wanted)));
    const values = valuesOf(scenario, goal, records);
    const { mean, halfWidth } = studentInterval(values, scenario.run.confidence);
    const reached = mean ? halfWidth! / Math.abs(mean) : null;
    const isDone = halfWidth === 0 || (reached !== null && reached <= goal.within);
    if (isDone || records.length === ceiling)
      return { records, reached: halfWidth === 0 ? 0 : reached };
    wanted = Math.min(ceiling, nextCount(records.length, reached, goal.within));
  }
}

/** The half-width falls as the root of the count, so this many should do; a tenth more, at most double. */
function nextCount(count: number, reached: number | null, within: number): number {
  if (reached === null) return count * 2;
  const excess = reached / within;
  const needed = Math.ceil(count * excess * excess * 1.1);
  return Math.max(count + 1, Math.min(count * 2, needed));
}

/** The quantity of every replication that has one. */
function valuesOf(scenario: Scenario, goal: Goal, records: readonly RunRecord[]): number[] {
  const samples = samplesOf(records.map((record) => measuresOf(scenario, record)));
  const sample = sampleOf(samples, { ...goal, unit: "" });
  if (!sample) throw new UnknownQuantity(samples.map(quantityName));
  return sample.values.filter((value) => value !== null);
}

/** The same scenario with another number of replications, as if it had been written so. */
export function replicated(scenario: Scenario, replications: number): Scenario {
  const { run, resolved } = scenario;
  return {
    ...scenario,
    run: { ...run, replications },
    resolved: { ...resolved, run: { ...(resolved["run"] as object), replications } },
  };
}
