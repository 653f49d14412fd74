/** Each objective with what was promised, observed and left of its error budget. */
import type { ObjectiveResult, Result } from "../../experiment/result.ts";
import { named, namedOrNull, type Cell, type Sheet } from "./csv.ts";

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
      ...["by_time", "budget_of", "budget_allowed", "budget_spent", "budget_left"],
      ...["window_s", "window_allowed", "window_before", "window_spent", "window_left"],
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
      ...budgetOf(objective),
      ...windowOf(objective),
    ]),
  };
}

/** Of the run: failures, or bad slices where slices decide. */
function budgetOf({ kind, budget, slices }: ObjectiveResult): Cell[] {
  if (kind === "slices" && slices)
    return ["slices", slices.allowed, slices.of - slices.kept, slices.left];
  return budget
    ? ["requests", budget.allowed, budget.spent, budget.left]
    : [null, null, null, null];
}

/** The same of its own window, with what was before the run. */
function windowOf({ period }: ObjectiveResult): Cell[] {
  if (!period) return [null, null, null, null, null];
  const { length, allowed, before, spent, left } = period;
  return [length, allowed, before, spent, left];
}
