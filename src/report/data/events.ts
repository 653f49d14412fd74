/** Every fault, verdict of a health check, scaling decision and change of a fleet, of every replication. */
import type { Result } from "../../experiment/result.ts";
import { instant } from "../clock.ts";
import { named, namedOrNull, type Sheet } from "./csv.ts";

export function events(result: Result): Sheet {
  const columns = ["at_s", "time", "until_s", "replication", "plane", "part", "instance", "what"];
  return {
    columns: [...columns, "reason"],
    rows: result.events.map((event) => [
      event.at,
      instant(result.run.clock, event.at),
      event.until,
      event.replication,
      event.plane,
      namedOrNull(event.part),
      namedOrNull(event.instance),
      named(event.what),
      named(event.reason),
    ]),
  };
}
