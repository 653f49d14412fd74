/**
 * A game day: the same night again and again, on the same luck, each time with one thing broken at
 * the peak.
 *
 *     the run -> peak -> every part × { one crashes, its zone goes, one is slow, nobody reaches it }
 *                        every node pool × { one crashes, its zone goes }
 *                        every zone
 *
 * The scenario's own faults make room: what is asked is what one failure does.
 */
import { z } from "zod";
import { MILLISECOND, SECOND, type Duration } from "../kernel/time.ts";
import { faultSchema } from "../model/faults/index.ts";
import { sorted } from "../model/entries.ts";
import type { PartSpec } from "../model/parts/index.ts";
import type { Scenario } from "../scenario/language.ts";
import type { DrillResult, DrillTrial } from "./result/drill.ts";
import type { Result } from "./result.ts";

/** How many times as long work takes on the slow instance. */
const SLOWNESS = 5;
/** What lasts takes a minute, or this share of the measured time where that is shorter. */
const LONGEST: Duration = 60 * SECOND;
const SHARE = 1 / 10;

/** When it strikes, and for how long. */
export interface Moment {
  readonly at: Duration;
  readonly length: Duration;
  /** Requests that arrive then [1/s]. */
  readonly rate: number;
}

/** One trial to be simulated. */
export interface Drill {
  readonly part: string | null;
  readonly kind: DrillTrial["kind"];
  readonly words: string;
  readonly scenario: Scenario;
}

/** The middle of the window with the most arrivals; a run too short after it is struck earlier. */
export function peakOf({ run, window }: Scenario, { windows }: Result): Moment {
  const arrivals = windows.classes["all"]?.arrivals ?? [];
  const measured = run.duration - run["warm-up"];
  const length = wholeMilliseconds(Math.min(LONGEST, measured * SHARE));
  const eligible = windows.start.map((start, at) =>
    start * SECOND >= run["warm-up"] ? (arrivals[at] ?? 0) : -1,
  );
  const highest = Math.max(0, ...eligible);
  const start = (windows.start[eligible.indexOf(highest)] ?? 0) * SECOND;
  const latest = run.duration - length;
  const middle = Math.max(run["warm-up"], Math.min(start + window / 2, latest));
  return { at: wholeMilliseconds(middle), length, rate: highest };
}

/** Everything that is tried, nothing at all first. */
export function drillsOf(base: Scenario, moment: Moment): Drill[] {
  const trial = (
    part: string | null,
    kind: Drill["kind"],
    words: string,
    faults: readonly object[],
  ): Drill => ({ part, kind, words, scenario: withFaults(base, faults) });
  return [
    trial(null, "nothing", "nothing is broken", []),
    ...sorted(base.parts).flatMap(([name, spec]) =>
      attempts(name, spec, zonesOf(spec, base), moment).map(([kind, words, fault]) =>
        trial(name, kind, words, [fault]),
      ),
    ),
    ...sorted(base.nodes).flatMap(([name, { zones }]) =>
      crashes(name, zones, moment).map(([kind, words, fault]) => trial(name, kind, words, [fault])),
    ),
    ...allZonesOf(base).map((zone) => {
      const fault = { kind: "zone-outage", zone, ...lasting(moment) };
      return trial(null, "zone", `zone ${zone} is out`, [fault]);
    }),
  ];
}

type Attempt = readonly [kind: Drill["kind"], words: string, fault: object];

/** What can be done to one part. */
function attempts(of: string, spec: PartSpec, zones: readonly string[], moment: Moment): Attempt[] {
  const unreachable = { kind: "outage", of, ...lasting(moment), answer: "nothing" };
  const alone: Attempt = ["partition", `nobody reaches ${of}`, unreachable];
  if ("vrrp" in spec && spec.vrrp !== undefined) {
    const master = { kind: "balancer-crash", of, at: `${moment.at} ns` };
    return [["crash", `the master of ${of} crashes and is not repaired`, master], alone];
  }
  if (!("fleet" in spec)) return [alone];
  const slow = { kind: "slow", of, ...lasting(moment), factor: SLOWNESS };
  return [
    ...crashes(of, zones, moment),
    ...("slots" in spec
      ? [["slow", `one instance of ${of} is ${SLOWNESS} times as slow`, slow] as Attempt]
      : []),
    alone,
  ];
}

/** One instance dies, or one node with all its pods; and all there are in a zone. */
function crashes(of: string, [zone = ""]: readonly string[], { at, length }: Moment): Attempt[] {
  const crash = { kind: "crash", of, at: `${at} ns` };
  const zoneCrash = { ...crash, instances: "all", zone, silent: true, repair: `${length} ns` };
  return [
    ["crash", `one instance of ${of} crashes and is not repaired`, crash],
    ["zone", `all of ${of} in zone ${zone} crashes`, zoneCrash],
  ];
}

function lasting({ at, length }: Moment) {
  return { at: `${at} ns`, for: `${length} ns` };
}

/** Where the instances of a part are; pods are where their nodes are. */
function zonesOf(spec: PartSpec, { nodes }: Scenario): readonly string[] {
  if (!("fleet" in spec)) return [];
  const { on, zones } = spec.fleet;
  return on === undefined ? zones : nodes[on]!.zones;
}

function allZonesOf(base: Scenario): string[] {
  const zones = Object.values(base.parts).flatMap((part) => zonesOf(part, base));
  return [...new Set(zones)].sort();
}

/** One run each: trials differ by what is broken, not by their luck. */
function withFaults(base: Scenario, written: readonly object[]): Scenario {
  const schema = z.array(faultSchema);
  const faults = schema.parse(written);
  const { resolved } = base;
  return {
    ...base,
    faults,
    run: { ...base.run, replications: 1 },
    resolved: {
      ...resolved,
      faults: z.encode(schema, faults),
      run: { ...(resolved["run"] as object), replications: 1 },
    },
  };
}

/** @param cause what broke first for the requests of a class, or for all of them, in words */
export function trialOf(
  { part, kind, words }: Drill,
  found: Result | string,
  cause: (found: Result, of: string | null) => string,
): DrillTrial {
  const drill = { part, kind, words };
  if (typeof found === "string") return { ...drill, stopped: found, met: false, objectives: [] };
  const objectives = found.objectives.map(({ name, kind: what, of, target, observed, met }) => {
    return { name, kind: what, target, observed, met, cause: met ? null : cause(found, of) };
  });
  const met = objectives.every((objective) => objective.met);
  return { ...drill, stopped: null, met, objectives };
}

export function drillOf({ at, length, rate }: Moment, trials: readonly DrillTrial[]): DrillResult {
  return { at: at / SECOND, rate, length: length / SECOND, trials: [...trials] };
}

function wholeMilliseconds(length: Duration): Duration {
  return Math.floor(length / MILLISECOND) * MILLISECOND;
}
