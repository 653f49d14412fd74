/**
 * The error budget of each promise of availability: how much of it was left as the run went on, and
 * how fast it burnt. Burning at 1 for the whole run spends exactly all of it.
 *
 * Source: Google, "The Site Reliability Workbook" (2018), chapter 5.
 */
import type { ObjectiveResult, Result } from "../../experiment/result.ts";
import { timeLabel } from "../clock.ts";
import { highest } from "../story.ts";
import { numbers, words } from "../tables/table.ts";
import { compact, percent } from "../units.ts";
import { chart, type Spec } from "./chart.ts";
import { evenly } from "./downsample.ts";
import { dashes, palette, PLOT, VERMILION } from "./theme.ts";
import { annotations, rows, timeAxis, type Series } from "./time-axis.ts";

/** More promises than this no eye tells apart; the table of objectives has them all. */
const PROMISES = 4;

interface Account {
  readonly objective: ObjectiveResult;
  /** Share of the budget spent when each window ends; above 1 it is overdrawn. */
  readonly spent: Series;
  /** Failures in each window over those that the target allows for its requests. */
  readonly burn: Series;
}

export const budget = chart({
  name: "budget",
  section: "happened",
  title: "Error budget and burn rate",
  question: "When was the allowance of failures spent, and how fast?",

  draw(result) {
    const accounts = accountsOf(result);
    if (!accounts.some(isSpent)) return null;
    const { under, over, headroom } = annotations(result);
    const domain = accounts.map(({ objective }) => objective.name);
    const series = (pick: (account: Account) => Series) =>
      Object.fromEntries(accounts.map((account) => [account.objective.name, pick(account)]));
    const panel = (height: number, shown: Record<string, Series>, y: Spec, last: boolean) => ({
      width: PLOT.width,
      height,
      layer: [
        ...under,
        {
          data: { values: rows(result, shown) },
          mark: { type: "line", interpolate: "step-after", strokeWidth: 2 },
          encoding: {
            y: { field: "value" },
            color: { field: "series" },
            strokeDash: { field: "series" },
          },
        },
        limit(),
        ...(last ? [] : over),
      ],
      encoding: {
        x: timeAxis(result, last),
        y: { type: "quantitative", scale: { domainMin: 0, nice: true }, ...y },
        color: {
          type: "nominal",
          scale: { domain, range: domain.map((_, place) => palette[place]) },
          legend: last ? null : { offset: headroom + 10, symbolType: "stroke", labelLimit: 500 },
        },
        strokeDash: {
          type: "nominal",
          scale: { domain, range: domain.map((_, place) => dashes[place]) },
          ...(last && { legend: null }),
        },
      },
    });
    const share = { title: "budget spent", labelExpr: "format(datum.value, ',.0%')" };
    return {
      spacing: 18,
      resolve: { legend: { color: "independent", strokeDash: "independent" } },
      vconcat: [
        panel(
          PLOT.height * 0.6,
          series(({ spent }) => spent),
          { axis: share },
          false,
        ),
        panel(
          PLOT.height * 0.4,
          series(({ burn }) => burn),
          { axis: { title: "burn rate", tickCount: 4 } },
          true,
        ),
      ],
    };
  },

  describe(result) {
    const accounts = accountsOf(result);
    if (accounts.length === 0) return "No availability was promised, so there is no budget.";
    if (!accounts.some(isSpent)) return UNSPENT;
    const told = accounts.map(({ objective, spent, burn }) => {
      const at = (position: number) => timeLabel(result.run.clock, result.windows.start[position]!);
      const over = spent.findIndex((share) => (share ?? 0) > 1);
      const fastest = highest(burn);
      if (fastest < 0 || burn[fastest] === 0) return `"${objective.name}": nothing was spent`;
      const end = percent(spent.at(-1) ?? null);
      const gone = over < 0 ? `${end} was spent in the end` : `the budget was gone at ${at(over)}`;
      return `"${objective.name}": ${gone}; it burnt fastest at ${at(fastest)}, ${compact(burn[fastest]!)} times as fast as it may`;
    });
    return `${told.join(". ")}.`;
  },

  table(result) {
    const accounts = accountsOf(result);
    return {
      columns: [
        words("time"),
        ...accounts.flatMap(({ objective }) => [
          numbers(`spent: ${objective.name}`),
          numbers("burn rate"),
        ]),
      ],
      rows: evenly(result.windows.start.length, 24).map((position) => [
        timeLabel(result.run.clock, result.windows.start[position]!),
        ...accounts.flatMap(({ spent, burn }) => [
          percent(spent[position] ?? null),
          compact(burn[position] ?? null),
        ]),
      ]),
    };
  },
});

const UNSPENT = "Nothing failed of what was promised: all of the error budget is left.";

/** What is said in place of a picture of budgets that nothing was spent of; null where there is one, or no budget. */
export function unspent(result: Result): string | null {
  const accounts = accountsOf(result);
  return accounts.length > 0 && !accounts.some(isSpent) ? UNSPENT : null;
}

function isSpent({ burn }: Account): boolean {
  return burn.some((rate) => rate !== null && rate > 0);
}

function accountsOf(result: Result): Account[] {
  return result.objectives
    .filter(({ budget: allowance }) => allowance !== null && allowance.allowed > 0)
    .slice(0, PROMISES)
    .map((objective) => accountOf(objective, result));
}

function accountOf(objective: ObjectiveResult, { run, windows }: Result): Account {
  const { length, start, classes } = windows;
  const subject = classes[objective.of ?? "all"];
  const failed = start.map((_, position) =>
    Object.values(subject?.failed ?? {}).reduce((sum, rates) => sum + (rates[position] ?? 0), 0),
  );
  const allowed = 1 - objective.target;
  let gone = 0;
  const spent = start.map((at, position) => {
    if (at < run.warmUp) return null;
    const seconds = Math.min(length, run.duration - at);
    gone += failed[position]! * seconds * run.replications;
    return gone / objective.budget!.allowed;
  });
  const burn = start.map((at, position) => {
    const asked = subject?.arrivals[position] ?? 0;
    return at < run.warmUp || asked <= 0 ? null : failed[position]! / asked / allowed;
  });
  return { objective, spent, burn };
}

/** All of the budget, and the rate that spends it exactly. */
function limit(): Spec {
  return {
    data: { values: [{ value: 1 }] },
    mark: { type: "rule", color: VERMILION, strokeDash: [4, 3], strokeWidth: 1 },
    encoding: { x: null, y: { field: "value", type: "quantitative" } },
  };
}
