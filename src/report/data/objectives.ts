/** Each objective with what was promised, observed and left of its error budget. */
import type { Result } from "../../experiment/result.ts";
import { named, namedOrNull, type Sheet } from "./csv.ts";

export function objectives(result: Result): Sheet {
  return {
    columns: [
      ...[
        "name",
        "kind",
        "of",
        "percentile",
        "target",
        "observed",
        "mean",
        "half_width",
        "low",
        "high",
        "met",
      ],
      ...["by_time", "budget_allowed", "budget_spent", "budget_left"],
    ],
    rows: result.objectives.map((objective) => [
      named(objective.name),
      objective.kind,
      namedOrNull(objective.of),
      objective.percentile,
      objective.target,
      objective.observed,
      objective.estimate.mean,
      objective.estimate.halfWidth,
      objective.estimate.interval?.low ?? null,
      objective.estimate.interval?.high ?? null,
      objective.met ? "yes" : "no",
      objective.byTime,
      objective.budget?.allowed ?? null,
      objective.budget?.spent ?? null,
      objective.budget?.left ?? null,
    ]),
  };
}
