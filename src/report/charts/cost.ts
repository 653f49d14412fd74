/** What each part cost, by what its machines were doing for the money, and what each charge besides them. */
import type { Result } from "../../experiment/result.ts";
import { costTable } from "../tables/cost.ts";
import { money, percent } from "../units.ts";
import { chart } from "./chart.ts";
import {
  BLUE,
  GREEN,
  GRID,
  INK,
  MUTED,
  ORANGE,
  palette,
  PURPLE,
  SKY,
  tints,
  VERMILION,
} from "./theme.ts";

/** What a charge is in place of a state of machines. */
const BESIDES = "besides machines";

const colours: Record<string, string> = {
  useful: BLUE,
  serving: GREEN,
  idle: tints[2].colour,
  warming: ORANGE,
  draining: PURPLE,
  wasted: VERMILION,
  down: MUTED,
  spare: tints[1].colour,
  [BESIDES]: SKY,
};

export const cost = chart({
  name: "cost",
  section: "cost",
  title: "Cost by part and state",
  question: "What was the money spent on, and how much of it was useful?",

  draw(result) {
    const { currency } = result.cost;
    const spent = linesOf(result);
    if (spent.length === 0) return null;
    const states = statesOf(spent);
    const values = spent.flatMap(({ part, total, states: byState }) =>
      states.map((state, level) => ({
        part,
        state,
        level,
        amount: Number(byState[state] ?? "0"),
        total: Number(total),
        label: money(total, currency),
      })),
    );
    const order = [...spent]
      .sort((left, right) => Number(right.total) - Number(left.total))
      .map(({ part }) => part);
    return {
      width: 640,
      height: { step: 34 },
      data: { values },
      layer: [
        {
          mark: { type: "bar", height: 20, fillOpacity: 0.9 },
          encoding: {
            x: {
              field: "amount",
              type: "quantitative",
              stack: "zero",
              axis: { title: `${currency} per run`, grid: true, gridColor: GRID, tickCount: 6 },
            },
            color: {
              field: "state",
              type: "nominal",
              scale: {
                domain: states,
                range: states.map(
                  (state, place) => colours[state] ?? palette[place % palette.length],
                ),
              },
              legend: { symbolType: "square" },
            },
            order: { field: "level", type: "quantitative" },
          },
        },
        {
          transform: [{ filter: "datum.level === 0" }],
          mark: { type: "text", align: "left", dx: 6, color: INK, fontSize: 11 },
          encoding: {
            x: { field: "total", type: "quantitative" },
            text: { field: "label" },
          },
        },
      ],
      encoding: {
        y: {
          field: "part",
          type: "nominal",
          sort: order,
          axis: {
            title: null,
            minExtent: 110,
            maxExtent: 110,
            labelLimit: 104,
            labelFontSize: 12,
            labelColor: INK,
          },
        },
      },
    };
  },

  describe(result) {
    const { total, perThousandGood, currency, parts } = result.cost;
    const useful = parts.reduce((sum, part) => sum + Number(part.states["useful"] ?? "0"), 0);
    const share =
      Number(total) > 0 ? `; ${percent(useful / Number(total))} of it did useful work` : "";
    const each =
      perThousandGood === null
        ? ""
        : `, ${money(perThousandGood, currency)} per thousand good requests`;
    return `The run cost ${money(total, currency)}${each}${share}.`;
  },

  table: costTable,
});

interface Line {
  readonly part: string;
  readonly total: string;
  readonly states: Readonly<Record<string, string>>;
}

/** What costs anything: parts, of several types together, and charges by their name. */
function linesOf({ cost: { parts, charges } }: Result): Line[] {
  const others = charges.map(({ name, total }) => {
    const part = parts.some((each) => each.part === name) ? `${name} (charge)` : name;
    return { part, total, states: { [BESIDES]: total } };
  });
  const lines = new Map<string, Line>();
  for (const line of [...parts, ...others]) {
    const before = lines.get(line.part);
    lines.set(line.part, before ? joined(before, line) : line);
  }
  return [...lines.values()].filter(({ total }) => Number(total) > 0);
}

function joined(one: Line, other: Line): Line {
  const plus = (left = "0", right = "0") => String(Number(left) + Number(right));
  const names = new Set([...Object.keys(one.states), ...Object.keys(other.states)]);
  return {
    part: one.part,
    total: plus(one.total, other.total),
    states: Object.fromEntries(
      [...names].map((state) => [state, plus(one.states[state], other.states[state])]),
    ),
  };
}

/** States that cost anything, in the order of usefulness. */
function statesOf(lines: readonly Line[]): string[] {
  const known = Object.keys(colours);
  const named = new Set(lines.flatMap(({ states }) => Object.keys(states)));
  return [...known, ...[...named].filter((state) => !known.includes(state))].filter((state) =>
    lines.some(({ states }) => Number(states[state] ?? "0") > 0),
  );
}
