/**
 * The smallest trigger from which a platform does not recover: one of its parts stands still for a
 * while, in the quiet of a run without other faults, and the longer stand-still is bisected.
 *
 * A failure that outlives its trigger is metastable: it feeds itself, as retries do. Source: Bronson,
 * Aghayev, Charapko, Zhu, "Metastable failures in distributed systems", HotOS 2021.
 */
import { MILLISECOND, SECOND, type Duration } from "../kernel/time.ts";
import type { RunRecord } from "../model/platform.ts";
import type { Scenario } from "../scenario/language.ts";
import type { WindowsResult } from "./result.ts";
import { windowsOf } from "./summary/windows.ts";

/** A part that works so many times slower than usual stands still. */
const STANDSTILL = 1000;
/** Share of the measured time that goes by before the trigger. */
const QUIET = 1 / 4;
/**
 * The longest trigger, as a share of the same: eleven times as long is then left to watch, in which a
 * backlog drains wherever a part is less than 11/12 busy.
 */
const LONGEST = 1 / 16;
/** The search ends when the answer is known within this factor. */
const RESOLUTION = 1.05;
/** The shortest trigger tried, as a share of the longest. */
const SHORTEST = 1 / 4096;
/** Share of requests that may fail in a window of a healthy platform. */
const FAILING = 0.01;

/** When the trigger comes, and how long it may last; the rest of the run is watched. */
export interface Stage {
  readonly at: Duration;
  readonly longest: Duration;
}

export function stageOf({ run }: Pick<Scenario, "run">): Stage {
  const measured = run.duration - run["warm-up"];
  return {
    at: run["warm-up"] + wholeMilliseconds(measured * QUIET),
    longest: Math.max(MILLISECOND, wholeMilliseconds(measured * LONGEST)),
  };
}

/** The fault, as `--set` takes it: the scenario's own faults make room for it. */
export function triggerOn(part: string, { at }: Stage, length: Duration): string {
  const trigger = { kind: "slow", of: part, at: `${at} ns`, for: `${length} ns` };
  return `faults=${JSON.stringify([{ ...trigger, factor: STANDSTILL, instances: "all" }])}`;
}

/** What came of one length of the trigger. */
export interface TriggerTrial {
  /** [s] */
  readonly length: number;
  /** From the end of the trigger until every replication was well again [s]; null when one never was. */
  readonly recoveredAfter: number | null;
}

export interface Metastability {
  /** The shortest trigger tried from which a replication did not recover; null without one. */
  readonly smallest: TriggerTrial | null;
  /** The longest one shorter than that from which all did; null without one. */
  readonly largestBorne: TriggerTrial | null;
  readonly trials: readonly TriggerTrial[];
}

/** Bisects the length of the trigger. */
export async function smallestTrigger(
  longest: Duration,
  tryOut: (length: Duration) => Promise<number | null>,
): Promise<Metastability> {
  const trials: TriggerTrial[] = [];
  const tried = async (length: Duration) => {
    const trial = { length: length / SECOND, recoveredAfter: await tryOut(length) };
    trials.push(trial);
    return trial;
  };
  let high = longest;
  let smallest = await tried(high);
  if (smallest.recoveredAfter !== null) return { smallest: null, largestBorne: smallest, trials };
  let low = Math.max(MILLISECOND, wholeMilliseconds(longest * SHORTEST));
  let largestBorne = await tried(low);
  if (largestBorne.recoveredAfter === null)
    return { smallest: largestBorne, largestBorne: null, trials };
  while (high > low * RESOLUTION) {
    const middle = wholeMilliseconds(Math.sqrt(low * high));
    if (middle <= low || middle >= high) break;
    const trial = await tried(middle);
    if (trial.recoveredAfter === null) [high, smallest] = [middle, trial];
    else [low, largestBorne] = [middle, trial];
  }
  return { smallest, largestBorne, trials };
}

function wholeMilliseconds(length: Duration): Duration {
  return Math.floor(length / MILLISECOND) * MILLISECOND;
}

/** From the end of the trigger to the end of the last window that was not well [s]; null when the run ended unwell. */
export function recoveryOf(
  { run, window }: Pick<Scenario, "run" | "window">,
  record: RunRecord,
  trigger: { readonly at: Duration; readonly until: Duration },
): number | null {
  const windows = windowsOf([record], window);
  const { start, length } = windows;
  const before = start.flatMap((from, at) =>
    from >= run["warm-up"] / SECOND && from + length <= trigger.at / SECOND ? [at] : [],
  );
  const isWell = health(windows, before);
  const unwell = start.findLastIndex((from, at) => from >= trigger.at / SECOND && !isWell(at));
  if (unwell === start.length - 1) return null;
  const well = unwell < 0 ? trigger.until / SECOND : start[unwell + 1]!;
  return Math.max(0, well - trigger.until / SECOND);
}

/**
 * A window is well when no more requests fail than before the trigger, or than one in a hundred, and
 * no queue is longer than twice what it was then.
 */
function health({ classes, parts }: WindowsResult, before: readonly number[]) {
  const all = classes["all"]!;
  const failing = (at: number) => {
    const failed = Object.values(all.failed).reduce((sum, series) => sum + (series[at] ?? 0), 0);
    const ended = failed + (all.goodput[at] ?? 0);
    return ended > 0 ? failed / ended : 0;
  };
  const usual = Math.max(FAILING, ...before.map(failing));
  const queues = Object.values(parts).map(({ queueLength }) => ({
    queueLength,
    most: 1 + 2 * Math.max(0, ...before.map((at) => queueLength[at] ?? 0)),
  }));
  return (at: number) =>
    failing(at) <= usual && queues.every((one) => (one.queueLength[at] ?? 0) <= one.most);
}
