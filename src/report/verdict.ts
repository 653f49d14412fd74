/** Was the promise kept? The one sentence that every form of the report begins with. */
import type { ObjectiveResult, Result } from "../experiment/result.ts";
import { timeLabel } from "./clock.ts";
import { duration, percent, plural, promised, withInterval } from "./units.ts";

export interface Verdict {
  /** Null when nothing was promised. */
  readonly met: boolean | null;
  /** "The promise was not kept: 1 of 2 objectives missed." */
  readonly headline: string;
  /** The missed objective in numbers, or what was seen when nothing was promised. */
  readonly detail: string;
}

export function verdict(result: Result): Verdict {
  const { objectives, met } = result;
  if (met === null) {
    return { met, headline: "Nothing was promised, so nothing was missed.", detail: seen(result) };
  }
  const missed = objectives.filter((objective) => !objective.met);
  if (missed.length === 0) {
    const all =
      objectives.length === 1
        ? "the objective was met"
        : `all ${objectives.length} objectives were met`;
    return { met, headline: `The promise was kept: ${all}.`, detail: seen(result) };
  }
  const missedOf = `${missed.length} of ${plural(objectives.length, "objective")} missed`;
  return {
    met,
    headline: `The promise was not kept: ${missedOf}.`,
    detail: missed.map(shortfall).join(" "),
  };
}

/** What follows from the verdict, and what to watch; null where nothing was promised. */
export function decision({ met, bottleneck, run }: Result): string | null {
  if (met === null) return null;
  const follows = `Decision: ${met ? "it can go ahead as planned" : "not as planned"}.`;
  if (!bottleneck) return follows;
  const at = timeLabel(run.clock, bottleneck.at);
  const sentence = bottleneck.sentence.replace(/\.$/, "");
  return `${follows} ${met ? "Watch" : "First to give way"}, at ${at}: ${sentence}.`;
}

/** What was observed for an objective, in the unit of its target. */
export function observed(objective: ObjectiveResult): string {
  return inWords(objective)(objective.observed);
}

export function target(objective: ObjectiveResult): string {
  return objective.kind === "latency"
    ? `≤ ${plainDuration(objective.target)}`
    : `≥ ${promised(objective.target)}`;
}

/** How sure the number is: by the replications, or by the ranks of a single run; null when that is unknown. */
export function interval(objective: ObjectiveResult): string | null {
  const { estimate } = objective;
  if (estimate.interval) return between(estimate.interval);
  return estimate.halfWidth === null ? null : withInterval(estimate, inWords(objective));
}

/** "1.21 s to 1.27 s", "at least 1.21 s". */
function between({ low, high, by }: NonNullable<ObjectiveResult["estimate"]["interval"]>): string {
  if (low === high) return duration(low);
  const words =
    high === null ? `at least ${duration(low)}` : `${duration(low)} to ${duration(high)}`;
  return by === "ranks" ? `${words}, by ranks` : words;
}

function shortfall(objective: ObjectiveResult): string {
  const { kind, of, percentile } = objective;
  if (objective.observed === null) return `Nothing was measured for "${objective.name}".`;
  if (kind === "slices")
    return `${percent(objective.observed)} of the slices kept what was promised of ${promised(objective.target)}: ${objective.name}.`;
  return kind === "availability"
    ? `${percent(objective.observed)} of ${of ?? "all"} requests succeeded; ${promised(objective.target)} were promised.`
    : `${percentile ?? "latency"} of ${of ?? "all requests"} was ${observed(objective)}; ${plainDuration(objective.target)} was promised.`;
}

function seen({ availability, total }: Result): string {
  return `${percent(availability.byRequest)} of requests succeeded, half of them within ${duration(total.latency.p50)}, 99 % within ${duration(total.latency.p99)}.`;
}

function inWords({ kind }: ObjectiveResult): (value: number | null) => string {
  return kind === "latency" ? duration : percent;
}

/** What was promised was written by hand: "800 ms", not "800.0 ms". */
function plainDuration(seconds: number): string {
  return duration(seconds).replace(/\.0+(?= )/, "");
}
