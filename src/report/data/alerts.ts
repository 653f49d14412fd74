/** Every alert that fired, in seconds from the start of the run. */
import type { Result } from "../../experiment/result.ts";
import { instant } from "../clock.ts";
import { named, type Sheet } from "./csv.ts";

export function alerts({ alerts: told, run }: Result): Sheet {
  return {
    columns: [
      ...["rule", "severity", "says", "replication", "pending_s", "fired_s", "fired", "told_s"],
      ...["repeats", "resolved_s", "over_told_s", "worst", "false"],
    ],
    rows: (told?.firings ?? []).map((firing) => [
      named(firing.rule),
      firing.severity,
      named(firing.says),
      firing.replication,
      firing.pendingAt,
      firing.firedAt,
      instant(run.clock, firing.firedAt),
      firing.toldAt,
      firing.repeats,
      firing.resolvedAt,
      firing.overToldAt,
      firing.worst,
      firing.false ? "yes" : "no",
    ]),
  };
}
