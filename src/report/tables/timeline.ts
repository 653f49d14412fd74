/** What happened in the first replication, event by event, with reasons. */
import type { Result } from "../../experiment/result.ts";
import { secondLabel } from "../clock.ts";
import { episodeName, timeline, type Episode } from "../story.ts";
import { duration, NOTHING } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

/** Rows a reader of a summary will look at; all events are in data/events.csv. */
const ROWS = 20;

export function timelineTable(result: Result): Table {
  const episodes = timeline(result);
  const left = episodes.length - ROWS;
  return {
    columns: [words("time"), words("event"), numbers("noticed after"), words("why")],
    rows: [
      ...episodes.slice(0, ROWS).map((episode) => row(episode, result)),
      ...(left > 0 ? [["…", `${left} more in data/events.csv`, "", ""]] : []),
    ],
  };
}

/** How long until a health check noticed, for faults alone. */
function row(episode: Episode, { run }: Result): string[] {
  const { at, plane, reason, detectedAfter } = episode;
  const noticed = detectedAfter === null ? NOTHING : duration(detectedAfter);
  return [
    secondLabel(run.clock, at),
    episodeName(episode),
    plane === "fate" ? noticed : "",
    reason,
  ];
}
