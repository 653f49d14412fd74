/** Each objective: promised, observed, how often it held, and what is left of its error budget. */
import type { ObjectiveResult, Result } from "../../experiment/result.ts";
import { compact, count, NOTHING, percent, promised } from "../units.ts";
import { interval, observed, target } from "../verdict.ts";
import { numbers, words, type Table } from "./table.ts";

export function objectivesTable(result: Result): Table {
  return {
    columns: [
      words("verdict"),
      words("objective"),
      numbers("promised"),
      numbers("observed"),
      numbers(`${promised(result.run.confidence)} interval`),
      numbers("held in windows"),
      words("kept by runs"),
      words("error budget"),
    ],
    rows: result.objectives.map((objective) => [
      objective.met ? "✓ met" : "✗ missed",
      objective.name,
      target(objective),
      observed(objective),
      interval(objective) ?? "single run",
      percent(objective.byTime),
      keptRuns(objective),
      budget(objective),
    ]),
  };
}

/** "10 of 10; another misses it in less than 26 % of cases": never "always", from a few runs. */
export function keptRuns({ byRun: { kept, of, missChance } }: ObjectiveResult): string {
  const [low, high] = [missChance.low, missChance.high].map(inTwoDigits);
  const chance = kept === of ? `less than ${high} %` : `${low} to ${high} %`;
  return `${kept} of ${of}; another misses it in ${chance} of cases`;
}

function inTwoDigits(share: number): string {
  return String(Number((share * 100).toPrecision(2)));
}

/** "41 % spent: 3,748 failures of 9,120 allowed", or "spent 137 times: …" once it is far gone. */
export function budget({ budget: allowance }: ObjectiveResult): string {
  if (!allowance) return NOTHING;
  const { allowed, spent } = allowance;
  const failures = `${count(spent)} failures of ${count(Math.floor(allowed))} allowed`;
  if (allowed <= 0) return failures;
  const used = spent / allowed;
  return used < 2
    ? `${Math.floor(used * 100)} % spent: ${failures}`
    : `spent ${compact(Math.floor(used))} times: ${failures}`;
}
