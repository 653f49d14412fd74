/** What was billed for machines over time, part by part, and how it added up. */
import type { Result } from "../../experiment/result.ts";
import { timeLabel } from "../clock.ts";
import { highest } from "../story.ts";
import { numbers, words } from "../tables/table.ts";
import { fixed, money } from "../units.ts";
import { chart } from "./chart.ts";
import { evenly } from "./downsample.ts";
import { stacked } from "./stacked.ts";
import { BLUE, PLOT } from "./theme.ts";
import { annotations, rows, timeAxis, type Series } from "./time-axis.ts";

const HOUR = 3600;

export const spending = chart({
  name: "spending",
  section: "cost",
  title: "Cost over time",
  question: "When was the money spent, and on which part?",

  draw(result) {
    const named = spendingOf(result);
    if (Object.keys(named).length === 0) return null;
    const { currency } = result.cost;
    const { under } = annotations(result);
    const unit = `${currency} per hour`;
    return {
      spacing: 18,
      resolve: { legend: { color: "independent" } },
      vconcat: [
        { ...stacked(result, { named, unit, colours: {} }, false), height: PLOT.height * 0.6 },
        {
          width: PLOT.width,
          height: PLOT.height * 0.35,
          layer: [
            ...under,
            {
              data: { values: rows(result, { total: cumulative(result, named) }) },
              mark: { type: "line", color: BLUE, strokeWidth: 2 },
              encoding: {
                x: timeAxis(result),
                y: {
                  field: "value",
                  type: "quantitative",
                  scale: { domainMin: 0, nice: true },
                  axis: { title: `${currency} so far`, tickCount: 4 },
                },
              },
            },
          ],
        },
      ],
    };
  },

  describe(result) {
    const named = spendingOf(result);
    const { currency, total } = result.cost;
    const perHour = result.windows.start.map((_, position) => together(named, position));
    const dearest = highest(perHour);
    if (dearest < 0) return "No machine has a price.";
    const at = timeLabel(result.run.clock, result.windows.start[dearest]!);
    const spent = money(fixed(cumulative(result, named).at(-1)!, 2), currency);
    const others = inAll(
      result.cost.charges.filter(({ name }) => !Object.hasOwn(named, legend(name))),
    );
    const besides =
      others > 0
        ? ` Charges of ${money(fixed(others, 2), currency)} besides are in the total of ${money(total, currency)} and not in the areas.`
        : "";
    return `At its dearest it cost ${money(fixed(perHour[dearest]!, 2), currency)} per hour, at ${at}, and ${spent} in the end: what is billed, under the terms the machines were bought on.${settled(result)}${besides}`;
  },

  table(result) {
    const named = spendingOf(result);
    const { currency } = result.cost;
    const sums = cumulative(result, named);
    return {
      columns: [
        words("time"),
        ...Object.keys(named).map((part) => numbers(`${part} [${currency}/h]`)),
        numbers(`so far [${currency}]`),
      ],
      rows: evenly(result.windows.start.length, 24).map((position) => [
        timeLabel(result.run.clock, result.windows.start[position]!),
        ...Object.values(named).map((series) => fixed(series[position] ?? 0, 2)),
        fixed(sums[position]!, 2),
      ]),
    };
  },
});

/** By part what its machines were billed by the hour, those that cost most first. */
function spendingOf({ cost: { spending } }: Result): Record<string, Series> {
  const whole = (series: readonly number[]) => series.reduce((sum, amount) => sum + amount, 0);
  const some = Object.entries(spending).filter(([, series]) => whole(series) > 0);
  const sorted = some.sort(([, left], [, right]) => whole(right) - whole(left));
  return Object.fromEntries(sorted.map(([name, series]) => [legend(name), series]));
}

/** The only position that is no part. */
function legend(name: string): string {
  return name === "savings plan" ? "savings plan, not used" : name;
}

/** How what is not paid by the second was laid over time. */
function settled({ cost: { parts } }: Result): string {
  const bought = new Set(parts.flatMap(({ terms }) => terms.map(({ term }) => term)));
  const hasReserved = bought.has("reserved") || bought.has("spare");
  return hasReserved
    ? " What is reserved costs the same all through an hour; the rest of the hour's bill follows the machines above it."
    : "";
}

function inAll(bill: readonly { readonly total: string }[]): number {
  return bill.reduce((sum, { total }) => sum + Number(total), 0);
}

/** Spent by the end of each window. */
function cumulative({ run, windows }: Result, named: Record<string, Series>): number[] {
  let sum = 0;
  return windows.start.map((at, position) => {
    const hours = Math.min(windows.length, run.duration - at) / HOUR;
    sum += together(named, position) * hours;
    return sum;
  });
}

function together(named: Record<string, Series>, position: number): number {
  return Object.values(named).reduce((sum, series) => sum + (series[position] ?? 0), 0);
}
