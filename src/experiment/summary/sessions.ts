/** What became of sessions: how many users got to the end of their journey, how many gave up. */
import type { SessionCounts } from "../../model/population/sessionMeter.ts";
import type { RunRecord } from "../../model/platform.ts";
import type { SessionResult } from "../result.ts";
import { estimateOf, shareOf, sum } from "./pooling.ts";

export function sessionResults(records: readonly RunRecord[], confidence: number): SessionResult[] {
  return records[0]!.sessions.map(({ workload }, index) => {
    const runs = records.map(({ sessions }) => sessions[index]!.measured);
    const started = sum(runs, (run) => run.started);
    const completed = sum(runs, (run) => run.completed);
    const abandoned = sum(runs, (run) => run.abandoned);
    return {
      workload,
      started,
      completed,
      abandoned,
      underWay: started - completed - abandoned,
      completion: estimateOf(runs.map(completion), confidence),
    };
  });
}

/** Completed of the sessions that ended; null when none has. */
function completion({ completed, abandoned }: SessionCounts): number | null {
  return shareOf(completed, completed + abandoned);
}
