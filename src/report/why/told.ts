/** What people did and heard: how each rollout went, which alert fired, and who was told when. */
import type { Result } from "../../experiment/result.ts";
import { firstReplication } from "../story.ts";
import { duration } from "../units.ts";
import { faultClause, type Clause } from "./chains.ts";

/** Of the first replication, by time. */
export function toldIn(result: Result): Clause[] {
  return [...rolloutsIn(result), ...alertsIn(result)].sort((one, other) => one.at - other.at);
}

/** Each rollout with the decisions on its part while it went on, apart from those on the fleet's size. */
function rolloutsIn(result: Result): Clause[] {
  const events = firstReplication(result);
  const rollouts = events.filter(({ plane, what }) => plane === "fate" && what === "rollout");
  return rollouts.flatMap((rollout) => {
    const end = rollout.until ?? Infinity;
    const steps = events.filter(
      ({ plane, part, what, at }) =>
        plane === "scaling" &&
        part === rollout.part &&
        at >= rollout.at &&
        at <= end &&
        !/^(scale |resize$)/.test(what),
    );
    return [rollout, ...steps].map(faultClause);
  });
}

function alertsIn({ alerts, incidents }: Result): Clause[] {
  const own = (alerts?.firings ?? []).filter(({ replication }) => replication === 0);
  return own.flatMap(({ rule, says, severity, firedAt, toldAt, overToldAt, ...firing }) => {
    const whom = severity === "page" ? "somebody is paged" : "a ticket is written";
    const about = incidents.findLast(
      ({ replication, at, pagedBy, paged }) =>
        replication === 0 && pagedBy === rule && paged !== null && at + paged === toldAt,
    );
    const since = about ? `, ${duration(about.paged)} after ${about.what}` : "";
    const why = firing.false ? ", for nothing" : "";
    return [
      { at: firedAt, words: `${rule} fires (${says})` },
      ...(toldAt === null ? [] : [{ at: toldAt, words: `${whom} by ${rule}${since}${why}` }]),
      ...(overToldAt === null ? [] : [{ at: overToldAt, words: `${rule} is over, they are told` }]),
    ];
  });
}
