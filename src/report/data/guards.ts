/** What each guard decided, over the measured part of all replications. */
import type { Result } from "../../experiment/result.ts";
import { decisionsOf } from "../tables/guards.ts";
import { named, type Sheet } from "./csv.ts";

export function guards(result: Result): Sheet {
  return {
    columns: ["part", "guard", "admitted", "delayed", "degraded", "rejected"],
    rows: decisionsOf(result).map(({ part, guard, admitted, delayed, degraded, rejected }) => [
      named(part),
      named(guard),
      ...[admitted, delayed, degraded, rejected],
    ]),
  };
}
