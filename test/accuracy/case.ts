/**
 * A case of the accuracy suite: something known about a system, and the scenario that should show it.
 *
 * Most cases are simulated: a platform, how long to look at it, and claims, each a number of the
 * Result with the value that a formula or a publication gives it. The others are worked: the
 * project's own arithmetic, without luck, against a published table or a trace worked by hand.
 */
import { stringify } from "yaml";
import { readNothing } from "../../src/cli/files.ts";
import type { Result } from "../../src/index.ts";
import type { RunRecord } from "../../src/experiment/replication.ts";
import { loadScenario, type Scenario } from "../../src/scenario/load.ts";
import type { Platform } from "../theory/platforms.ts";

/** A number of one run. */
export interface Reading {
  readonly name: string;
  /** How far the number may lie beside the truth for the way it is kept [share]. */
  readonly resolution: number;
  of(result: Result, record: RunRecord): number;
}

/**
 * What is read, what it should be, and how far the source itself may be off [share]: 0 for a
 * formula that is exact, more for a limit, an approximation or a printed number.
 */
export type Claim = readonly [reading: Reading, expected: number, allowance?: number];

interface Known {
  /** Only its whole length tells anything: left out where there is little time. */
  readonly long?: boolean;
  /** Short and for ever: "mm1-80". */
  readonly id: string;
  /** What is known, in a sentence. */
  readonly what: string;
  /** Who says so. */
  readonly source: string;
}

export interface Simulated extends Known {
  readonly platform: Platform;
  /** Simulated before anything is measured [s]; none unless given. */
  readonly warmUpSeconds?: number;
  /** Measured in each replication [s]. */
  readonly seconds: number;
  /** 20 unless given; a trace without luck needs 1, and must then give the very numbers. */
  readonly replications?: number;
  /** It ends when it ends: more effort means more replications, not longer ones. */
  readonly terminating?: boolean;
  /** Length of the windows of the time series [s]; one window to the run unless given. */
  readonly windowSeconds?: number;
  readonly claims: readonly Claim[];
}

/** A number, word or list beside what it should be, and how far a number may be off (nothing, unless given). */
export type Check = readonly [name: string, found: unknown, expected: unknown, off?: number];

export interface Worked extends Known {
  worked(): readonly Check[];
}

export type Case = Simulated | Worked;

/** Cases about one kind of system. */
export interface Family {
  readonly name: string;
  readonly cases: readonly Case[];
}

const REPLICATIONS = 20;

/** How many times as long a case is played as it says, and with whose luck. */
export interface Playing {
  readonly length: number;
  readonly luck: string;
}

/** A spread over fewer runs is no more than a guess. */
const FEWEST = 10;

export function replicationsOf(one: Simulated, { length }: Playing): number {
  const { replications = REPLICATIONS, terminating = false } = one;
  return terminating ? Math.max(FEWEST, Math.ceil(replications * length)) : replications;
}

/** Seconds that each replication takes to measure so many requests together at a rate [1/s]. */
export function secondsFor(requests: number, ratePerSecond: number): number {
  return Number((requests / REPLICATIONS / ratePerSecond).toPrecision(3));
}

/** The scenario that anybody may run to see for themselves. */
export function textOf(one: Simulated, playing: Playing): string {
  const { warmUpSeconds = 0, seconds, terminating = false } = one;
  const measured = seconds * (terminating ? 1 : playing.length);
  const duration = `${Number((warmUpSeconds + measured).toPrecision(12))} s`;
  const scenario = {
    title: one.what,
    // Cases do not share their luck: what one has by chance says nothing of another.
    seed: `${playing.luck} ${one.id}`,
    run: {
      duration,
      "warm-up": `${warmUpSeconds} s`,
      window: one.windowSeconds === undefined ? duration : `${one.windowSeconds} s`,
      replications: replicationsOf(one, playing),
    },
    ...one.platform,
  };
  // References to what was said before are YAML, but nobody reads them with pleasure.
  return stringify(scenario, { aliasDuplicateObjects: false });
}

export function scenarioOf(one: Simulated, playing: Playing): Scenario {
  const loaded = loadScenario({
    file: `${one.id}.yaml`,
    text: textOf(one, playing),
    readFile: readNothing,
    locate: readNothing,
    set: [],
    variant: null,
  });
  if (!loaded.ok) throw new Error(`${one.id}: ${loaded.report({ colour: false })}`);
  return loaded.scenario;
}
