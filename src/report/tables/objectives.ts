/** Each objective: promised, observed, how often it held, and what is left of its error budget. */
import type { ObjectiveResult, Result } from "../../experiment/result.ts";
import { compact, count, NOTHING, percent } from "../units.ts";
import { interval, observed, target } from "../verdict.ts";
import { numbers, words, type Table } from "./table.ts";

export function objectivesTable(result: Result): Table {
  return {
    columns: [
      words("verdict"),
      words("objective"),
      numbers("promised"),
      numbers("observed"),
      numbers(`${percent(result.run.confidence)} interval`),
      numbers("held in windows"),
      words("error budget"),
    ],
    rows: result.objectives.map((objective) => [
      objective.met ? "✓ met" : "✗ missed",
      objective.name,
      target(objective),
      observed(objective),
      interval(objective) ?? "single run",
      percent(objective.byTime),
      budget(objective),
    ]),
  };
}

/** "412 % spent: 1,248,010 of 9,120 failures" */
export function budget({ budget: allowance }: ObjectiveResult): string {
  if (!allowance) return NOTHING;
  const { allowed, spent } = allowance;
  const share = allowed > 0 ? `${compact(Math.round((spent / allowed) * 100))} % spent: ` : "";
  return `${share}${count(spent)} of ${count(Math.floor(allowed))} failures`;
}
