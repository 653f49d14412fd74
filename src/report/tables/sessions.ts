/** How far users got on their journeys. */
import type { Result } from "../../experiment/result.ts";
import { count, NOTHING, percent } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

export function sessionsTable(result: Result): Table {
  return {
    columns: [
      words("journey"),
      ...["started", "completed", "abandoned", "under way", "completed share"].map(numbers),
    ],
    rows: result.sessions.map(({ workload, started, completed, abandoned, underWay }) => {
      const ended = completed + abandoned;
      return [
        workload,
        ...[started, completed, abandoned, underWay].map(count),
        ended === 0 ? NOTHING : percent(completed / ended),
      ];
    }),
  };
}
