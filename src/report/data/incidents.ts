/** What became of each fault, in seconds from the fault on. */
import type { Result } from "../../experiment/result.ts";
import { instant } from "../clock.ts";
import { named, namedOrNull, type Sheet } from "./csv.ts";

export function incidents({ incidents: all, run }: Result): Sheet {
  return {
    columns: [
      ...["at_s", "time", "until_s", "replication", "what", "part", "instances", "felt"],
      ...["detected_s", "failed_over_s", "paged_s", "paged_by", "recovered_s"],
      ...["failed_requests", "share_of_failures"],
    ],
    rows: all.map((incident) => [
      incident.at,
      instant(run.clock, incident.at),
      incident.until,
      incident.replication,
      named(incident.what),
      namedOrNull(incident.part),
      incident.instances,
      incident.felt ? "yes" : "no",
      incident.detected,
      incident.failedOver,
      incident.paged,
      namedOrNull(incident.pagedBy),
      incident.recovered,
      incident.failed,
      incident.share,
    ]),
  };
}
