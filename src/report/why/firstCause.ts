/** What broke first, in one sentence: the fault, and how the first part gave way. */
import type { Result } from "../../experiment/result.ts";
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

/** Whether a part is among those that requests of a class pass. */
function partsOf(result: Result, of: string | null): (part: string) => boolean {
  const callees = calleesOf(result);
  const workloads = result.classes.filter(({ name }) => name === of).map((one) => one.workload);
  const entries = result.edges
    .filter(({ kind, from }) => kind === "workload" && (of === null || workloads.includes(from)))
    .map(({ to }) => to);
  return (part) => entries.some((entry) => entry === part || callees.get(entry)?.has(part));
}
