/**
 * The timeline of causes: for every trouble that began at a part, what set it off, what it did there,
 * what it did to those who waited, what was decided against it and when that arrived.
 */
import type { EventResult, Result } from "../../experiment/result.ts";
import { secondLabel } from "../clock.ts";
import { firstReplication } from "../story.ts";
import { count, digits, duration, percent, rate } from "../units.ts";
import {
  calleesOf,
  FAILING,
  failingShare,
  peakIn,
  rootsOf,
  windowsIn,
  type Callees,
  type Episode,
  type PartWindows,
} from "./episodes.ts";

export interface Clause {
  /** From the start of the run [s]: exact for events, else the start of the window it first shows in. */
  readonly at: number;
  readonly words: string;
}

/** A fault in words: "crash of web-2 (replaced after 60 s)". */
export function faultClause({ at, what, instance, part, reason }: EventResult): Clause {
  const whom = instance ?? part;
  return { at, words: `${what}${whom === null ? "" : ` of ${whom}`} (${reason})` };
}

export interface Chain {
  readonly part: string;
  readonly at: number;
  /** When the trouble was over [s]; null when it was not by the end of the run. */
  readonly until: number | null;
  readonly clauses: readonly Clause[];
  /** "00:00:20 arrivals of … → queue full at 00:00:24 → …" */
  readonly sentence: string;
}

export function chainsOf(result: Result): Chain[] {
  const callees = calleesOf(result);
  return rootsOf(result, callees).map((episode) => chainOf(result, episode, callees));
}

function chainOf(result: Result, episode: Episode, callees: Callees): Chain {
  const { start, length, parts } = result.windows;
  const part = parts[episode.part]!;
  const isOver = episode.to < start.length - 1;
  const until = isOver ? start[episode.to + 1]! : null;
  const scene: Scene = { result, episode, part, start, end: until ?? Infinity };
  const faults = faultsOf(scene, callees);
  const onset = start[episode.from]! + length;
  const causes = [...faults.filter(({ at }) => at < onset).map(faultClause), triggerOf(scene)];
  const effects = [
    ...faults.filter(({ at }) => at >= onset).map(faultClause),
    ...queueOf(scene),
    ...failuresOf(scene),
    ...attemptsOf(scene),
    ...effectsOf(scene),
    ...slownessOf(scene),
    ...requestsOf(scene),
    ...endingsOf(scene, faults),
    ...decisionsOf(scene),
  ].sort((left, right) => left.at - right.at);
  const ending = until === null ? [] : [{ at: until, words: `${episode.part} has recovered` }];
  const clauses = [...causes, ...effects, ...ending];
  return {
    part: episode.part,
    at: clauses[0]!.at,
    until,
    clauses,
    sentence: inOneSentence(result.run.clock, clauses, until),
  };
}

interface Scene {
  readonly result: Result;
  readonly episode: Episode;
  readonly part: PartWindows;
  readonly start: readonly number[];
  /** When the trouble was over [s]; infinite when it was not by the end of the run. */
  readonly end: number;
}

function inOneSentence(
  clock: string | null,
  clauses: readonly Clause[],
  until: number | null,
): string {
  const told = clauses.map(({ at, words }) => `${secondLabel(clock, at)} ${words}`);
  return `${told.join(" → ")}${until === null ? " → no recovery by the end of the run" : ""}.`;
}

/** Faults from the window before the trouble to its end that hit the part, what calls it, or everything. */
function faultsOf({ result, episode, start, end }: Scene, callees: Callees): EventResult[] {
  const from = start[Math.max(0, episode.from - 1)]!;
  const isNear = (part: string | null) =>
    part === null || part === episode.part || (callees.get(part)?.has(episode.part) ?? false);
  return firstReplication(result).filter(
    ({ plane, at, part }) => plane === "fate" && at >= from && at < end && isNear(part),
  );
}

/** Faults that were over before the trouble was: what goes on has another reason by then. */
function endingsOf({ end }: Scene, faults: readonly EventResult[]): Clause[] {
  return faults.flatMap(({ until, what, instance, part }) => {
    const whom = instance ?? part;
    return until === null || until >= end
      ? []
      : [{ at: until, words: `${what}${whom === null ? "" : ` of ${whom}`} is over` }];
  });
}

/** How the part ran out: more came than it can complete, or what came fails. */
function triggerOf({ result, episode, part, start }: Scene): Clause {
  const { from, part: name } = episode;
  const resource = result.parts.find((one) => one.name === name)?.resource ?? "slots";
  const [arrivals, capacity] = [part.arrivals[from] ?? 0, part.capacity[from] ?? null];
  const at = start[from]!;
  if (capacity !== null && arrivals > capacity) {
    const passed = `arrivals of ${rate(arrivals)} pass ${name}'s capacity of ${rate(capacity)}`;
    return { at, words: `${passed}${before(result, part, from)}` };
  }
  const busy = part.utilisation[from] ?? null;
  if (busy !== null && failingShare(part, from) < FAILING)
    return { at, words: `${name} runs out of ${resource}: ${percent(busy)} in use` };
  const share = percent(failingShare(part, from));
  return { at, words: `${name} fails: ${share} of its calls are not answered` };
}

/** What changed by this share since the window before is a reason of its own. */
const CHANGE = 0.1;

/** Load and capacity a window ago, and what they were changed by; empty where nothing was before. */
function before(result: Result, part: PartWindows, at: number): string {
  const now = vitals(result, part, at);
  const was = vitals(result, part, at - 1);
  if (was.arrivals === null || was.capacity === null) return "";
  const isMore = changed(was.calls, now.calls);
  const isFewer = changed(now.ready, was.ready);
  const isSlower = changed(was.takes, now.takes);
  const reasons = [
    `${rate(was.arrivals)} of ${rate(was.capacity)}`,
    ...(isMore
      ? [`${digits(was.calls!, 2)} calls for a request, now ${digits(now.calls!, 2)}`]
      : []),
    ...(isFewer ? [`${instances(was.ready!)} ready, now ${few(now.ready!)}`] : []),
    ...(isSlower ? [`a call took ${duration(was.takes)}, now ${duration(now.takes)}`] : []),
  ];
  return ` (before: ${reasons.join("; ")})`;
}

function vitals({ windows }: Result, part: PartWindows, at: number) {
  const requests = Object.entries(windows.classes)
    .filter(([name]) => name !== "all")
    .reduce((sum, [, { arrivals }]) => sum + (arrivals[at] ?? 0), 0);
  const arrivals = part.arrivals[at] ?? null;
  return {
    arrivals,
    capacity: part.capacity[at] ?? null,
    /** Calls arriving at the part for each request of any class that was born in the window. */
    calls: arrivals === null || requests === 0 ? null : arrivals / requests,
    ready: part.instances["ready"]?.[at] ?? null,
    takes: part.serviceTime[at] ?? null,
  };
}

function changed(less: number | null, more: number | null): boolean {
  return less !== null && more !== null && more > less * (1 + CHANGE);
}

function instances(size: number): string {
  return `${few(size)} instance${size === 1 ? "" : "s"}`;
}

function few(size: number): string {
  return Number.isInteger(size) ? String(size) : digits(size, 2);
}

/** Calls waiting on average over a window that make a queue worth telling. */
const WAITING = 1;

function queueOf({ episode, part, start }: Scene): Clause[] {
  const isDropping = (at: number) => failingShare(part, at, "dropped") >= FAILING;
  const full = windowsIn(episode).find(isDropping);
  if (full !== undefined) return [{ at: start[full]!, words: `${episode.part}'s queue is full` }];
  const longest = peakIn(episode, (at) => part.queueLength[at] ?? 0);
  if (longest.value < WAITING) return [];
  const waiting = Math.round(longest.value);
  const first = windowsIn(episode).find((at) => (part.queueLength[at] ?? 0) >= WAITING)!;
  const calls = `${count(waiting)} call${waiting === 1 ? " waits" : "s wait"}`;
  return [{ at: start[first]!, words: `up to ${calls} in ${episode.part}'s queue` }];
}

/** What became of the calls, by cause: how many at the worst. */
function failuresOf({ episode, part, start }: Scene): Clause[] {
  return Object.keys(part.failures).flatMap((cause) => {
    const share = (at: number) => failingShare(part, at, cause);
    const first = windowsIn(episode).find((at) => share(at) >= FAILING);
    if (first === undefined) return [];
    const worst = percent(peakIn(episode, share).value);
    const end = ENDS[cause] ?? `end as ${cause}`;
    return [{ at: start[first]!, words: `up to ${worst} of ${episode.part}'s calls ${end}` }];
  });
}

/** Outcomes as verbs. */
const ENDS: Readonly<Record<string, string>> = {
  error: "are answered with errors",
  "timed-out": "time out",
  rejected: "are rejected",
  dropped: "are dropped",
  refused: "are refused",
  lost: "are lost",
  reneged: "leave the queue",
  cancelled: "are cancelled",
};

/** Attempts per request from which retries add to the load. */
const AMPLIFIED = 1.1;

function attemptsOf({ result, episode, start }: Scene): Clause[] {
  const all = result.windows.classes["all"];
  if (!all) return [];
  const ratio = (at: number) => {
    const arrivals = all.arrivals[at] ?? 0;
    return arrivals > 0 ? (all.attempts[at] ?? 0) / arrivals : 0;
  };
  const first = windowsIn(episode).find((at) => ratio(at) >= AMPLIFIED);
  if (first === undefined) return [];
  const most = digits(peakIn(episode, ratio).value, 2);
  return [{ at: start[first]!, words: `clients send up to ${most} attempts for a request` }];
}

/** Those who wait for the part. */
function effectsOf({ result, episode, start }: Scene): Clause[] {
  return episode.effects.map((effect) => {
    const part = result.windows.parts[effect.part]!;
    const worst = peakIn(effect, (at) => failingShare(part, at)).value;
    const busiest = peakIn(effect, (at) => part.utilisation[at] ?? 0).value;
    const words =
      worst >= FAILING
        ? `up to ${percent(worst)} of ${effect.part}'s calls fail`
        : `${effect.part} is up to ${percent(busiest)} busy waiting`;
    return { at: start[effect.from]!, words };
  });
}

/** Promises about latency that were not kept meanwhile. */
function slownessOf({ result, episode, start }: Scene): Clause[] {
  return result.objectives.flatMap(({ kind, of, percentile, target, name }) => {
    const series = result.windows.classes[of ?? "all"]?.[percentile as "p99"];
    if (kind !== "latency" || !series) return [];
    const slow = (at: number) => series[at] ?? 0;
    const first = windowsIn(episode).find((at) => slow(at) > target);
    if (first === undefined) return [];
    const worst = duration(peakIn(episode, slow).value);
    return [{ at: start[first]!, words: `${name} does not hold: up to ${worst}` }];
  });
}

/** What users saw of it. */
function requestsOf({ result, episode, start }: Scene): Clause[] {
  const all = result.windows.classes["all"];
  if (!all) return [];
  const share = (at: number) => {
    const failed = Object.values(all.failed).reduce((sum, series) => sum + (series[at] ?? 0), 0);
    const ended = failed + (all.goodput[at] ?? 0);
    return ended > 0 ? failed / ended : 0;
  };
  const first = windowsIn(episode).find((at) => share(at) >= FAILING);
  if (first === undefined) return [];
  const worst = percent(peakIn(episode, share).value);
  return [{ at: start[first]!, words: `up to ${worst} of requests fail` }];
}

/** What scaled the part out meanwhile, and when what was asked for was ready. */
function decisionsOf({ result, episode, start, end }: Scene): Clause[] {
  const events = firstReplication(result).filter(({ part }) => part === episode.part);
  return events
    .filter(({ what, at }) => what === "scale out" && at >= start[episode.from]! && at < end)
    .map((decision) => ({
      at: decision.at,
      words: `scale out ${decision.reason}, ${arrival(result, decision, events)}`,
    }));
}

function arrival(result: Result, decision: EventResult, events: readonly EventResult[]): string {
  const launched = events
    .filter(({ what, at }) => what === "launch" && at === decision.at)
    .map(({ instance }) => instance);
  const ready = events.filter(
    ({ what, instance, at }) =>
      what === "ready" && at >= decision.at && launched.includes(instance),
  );
  if (launched.length === 0 || ready.length < launched.length)
    return `${ready.length} of ${launched.length} new instances ready by the end of the run`;
  return `ready at ${secondLabel(result.run.clock, ready.at(-1)!.at)}`;
}
