/** What broke first, in one sentence: the fault, and how the first part gave way. */
import type { ObjectiveResult, Result } from "../../experiment/result.ts";
import { secondLabel } from "../clock.ts";
import { brokeFirst, firstReplication } from "../story.ts";
import { plural } from "../units.ts";
import { chainsOf, faultClause, type Clause } from "./chains.ts";
import { calleesOf } from "./episodes.ts";

/**
 * @param from troubles that began or were over before this instant [s] are not its doing
 * @param of the class of requests that is asked about: of others' parts nothing is said; null for all
 */
export function firstCause(result: Result, from: number, of: string | null): string {
  const faults = firstReplication(result)
    .filter(({ plane }) => plane === "fate")
    .map(faultClause);
  const told = ({ at, words }: Clause) => `${secondLabel(result.run.clock, at)} ${words}`;
  const [first, ...others] = faults;
  const more = others.length === 0 ? "" : `, and ${plural(others.length, "fault")} more`;
  const cause = first ? [`${told(first)}${more}`] : [];
  // An effect has the time of its window, which may begin before the fault does.
  const isBefore = (at: number) => first !== undefined && at < first.at;
  const shown = (clause: Clause) => (isBefore(clause.at) ? clause.words : told(clause));
  const words = new Set(faults.map((fault) => fault.words));
  const isTheirs = partsOf(result, of);
  // Troubles are told by windows: one that the fault made may have the time of the window it is in.
  const isLate = (at: number) => at > from - result.windows.length;
  const chain = chainsOf(result).find(
    ({ part, at, until }) => isLate(at) && (until === null || until > from) && isTheirs(part),
  );
  const effect = chain?.clauses.find((clause) => !words.has(clause.words));
  if (effect) return [...cause, shown(effect)].join(" → ");
  const isNews = !result.bottleneck || isLate(result.bottleneck.at);
  return isNews || !first ? [...cause, brokeFirst(result)].join(" → ") : cause.join("");
}

/**
 * What broke a promise first: the trouble in the first window that did not keep it, told from the
 * fault on. Null where no window shows it.
 */
export function causeOfMiss(result: Result, objective: ObjectiveResult): string | null {
  const { start, length } = result.windows;
  const place = start.findIndex(
    (_, at) => at >= firstMeasured(result) && isBroken(result, objective, at),
  );
  if (place < 0) return null;
  const [from, to] = [start[place]!, start[place]! + length];
  const isTheirs = partsOf(result, objective.of);
  const isThen = (at: number, until: number | null) => at < to && (until === null || until > from);
  const told = ({ at, words }: Clause) => `${secondLabel(result.run.clock, at)} ${words}`;
  const faults = firstReplication(result).filter(({ plane }) => plane === "fate");
  const words = new Set(faults.map((fault) => faultClause(fault).words));
  const chain = chainsOf(result).find(({ part, at, until }) => isThen(at, until) && isTheirs(part));
  if (chain !== undefined) {
    const [first] = chain.clauses;
    const effect = chain.clauses.find((clause) => !words.has(clause.words));
    return [...new Set([first, effect])].flatMap((each) => (each ? [told(each)] : [])).join(" → ");
  }
  const fault = faults.findLast(
    ({ at, until, part }) => isThen(at, until) && (part === null || isTheirs(part)),
  );
  return fault === undefined ? null : told(faultClause(fault));
}

function firstMeasured({ windows, run }: Result): number {
  return windows.start.findIndex((start) => start >= run.warmUp);
}

/** Whether the requests of one window alone would break a promise. */
function isBroken({ windows }: Result, objective: ObjectiveResult, at: number): boolean {
  const seen = windows.classes[objective.of ?? "all"];
  if (seen === undefined) return false;
  const { kind, percentile, target } = objective;
  // One of the columns that are there, whichever it is called.
  if (kind === "latency") return (seen[percentile as "p99"][at] ?? 0) > target;
  const failed = Object.values(seen.failed).reduce((sum, each) => sum + (each[at] ?? 0), 0);
  const allowed = kind === "slices" ? 0 : 1 - target;
  return failed > allowed * (failed + (seen.goodput[at] ?? 0));
}

/** Whether a part is among those that requests of a class pass. */
function partsOf(result: Result, of: string | null): (part: string) => boolean {
  const callees = calleesOf(result);
  const workloads = result.classes.filter(({ name }) => name === of).map((one) => one.workload);
  const entries = result.edges
    .filter(({ kind, from }) => kind === "workload" && (of === null || workloads.includes(from)))
    .map(({ to }) => to);
  return (part) => entries.some((entry) => entry === part || callees.get(entry)?.has(part));
}
