/** Each objective: promised, observed, how often it held, and what is left of its error budget. */
import type { ObjectiveResult, Result } from "../../experiment/result.ts";
import { compact, count, duration, NOTHING, percent, promised } from "../units.ts";
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

/** What the window of a promise, its time slices and alerts would say; no rows where nothing was promised. */
export function budgetsTable({ objectives }: Result): Table {
  const rows = objectives.flatMap((objective) => {
    const { name, period, slices, burn, apdex } = objective;
    if (!period && !slices && !apdex && !burn?.length) return [];
    return [
      [
        name,
        period ? periodBudget(period) : NOTHING,
        slices
          ? `${count(slices.kept)} of ${count(slices.of)} of ${duration(slices.length)}`
          : NOTHING,
        burnt(burn ?? []),
        apdex ? `${apdex.score?.toFixed(2) ?? NOTHING} at T = ${duration(apdex.t)}` : NOTHING,
      ],
    ];
  });
  const columns = ["objective", "budget of its window", "slices kept", "burnt at most", "Apdex"];
  return { columns: columns.map(words), rows };
}

/** "3.40 over 5 min, 0.495 over 1 h": how fast the budget burnt at most. */
function burnt(burn: NonNullable<ObjectiveResult["burn"]>): string {
  if (burn.length > 0 && burn.every(({ most }) => most === 0)) return "nothing";
  const told = burn.map(({ over, most }) => `${compact(most)} over ${duration(over)}`);
  return told.join(", ") || NOTHING;
}

/** "87.3 % left of 4,320 failures in 30 d, 120 of them before the run". */
export function periodBudget(period: NonNullable<ObjectiveResult["period"]>): string {
  const { length, elapsed, unit, allowed, before, left } = period;
  const bad = unit === "slices" ? "bad slices" : "failures";
  const whole = `${wholes(allowed)} ${bad} in ${duration(length)}`;
  const kind = elapsed === null ? "rolling" : `${duration(elapsed)} of it passed before`;
  const earlier = before > 0 ? `, ${wholes(before)} of them before the run` : "";
  if (left === null) return `none allowed in ${duration(length)}`;
  const rest = left >= 0 ? `${percent(left)} left` : `overdrawn ${compact(1 - left)} times`;
  return `${rest} of ${whole} (${kind})${earlier}`;
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
export function budget({ kind, budget: allowance, slices }: ObjectiveResult): string {
  if (kind === "slices" && slices)
    return spentOf(slices.of - slices.kept, slices.allowed, "bad slices");
  return allowance ? spentOf(allowance.spent, allowance.allowed, "failures") : NOTHING;
}

function spentOf(spent: number, allowed: number, bad: string): string {
  const failures = `${count(spent)} ${bad} of ${wholes(allowed)} allowed`;
  if (allowed <= 0) return failures;
  const used = spent / allowed;
  return used < 2
    ? `${wholes(used * 100)} % spent: ${failures}`
    : `spent ${compact(Math.floor(used))} times: ${failures}`;
}

/** Only whole ones count; a hair that a binary fraction lacks does not. */
function wholes(amount: number): string {
  return count(Math.floor(amount + 1e-9));
}
