/**
 * What came of every cell: a line over one input, a heat map over two, points over each of many;
 * a picture of its own for each number.
 */
import { quantityName, type Quantity } from "../../../experiment/result.ts";
import type { CellResult, Sweep } from "../../../experiment/sweepResult.ts";
import { cellsTable, told } from "../../briefs/sweep.ts";
import { around } from "../../quantities.ts";
import { chart, type Spec } from "../chart.ts";
import { BLUE, GRID, PLOT } from "../theme.ts";

/** Text on a cell stays dark when the page is: it is not spelt like the ink that a page repaints. */
const ON_CELL = "#111111";

export const response = chart<Sweep>({
  name: "response",
  section: "decision",
  title: "What came of each cell",
  question: "How does the answer move with the inputs?",

  draw(sweep) {
    const quantities = told(sweep);
    if (quantities.length === 0) return null;
    const { axes, design } = sweep;
    if (design === "grid" && axes.length === 1)
      return { vconcat: quantities.map((one) => line(sweep, one)) };
    if (design === "grid" && axes.length === 2)
      return {
        resolve: { scale: { color: "independent" } },
        vconcat: quantities.map((one) => heat(sweep, one)),
      };
    return {
      vconcat: quantities.map((one) => ({
        hconcat: axes.map((_, axis) => cloud(sweep, one, axis)),
      })),
    };
  },

  describe(sweep) {
    const extremes = told(sweep).map((quantity) => {
      const found = sweep.cells.flatMap(({ estimates }) => {
        const same = matching(estimates, quantity);
        return same?.mean == null ? [] : [same];
      });
      const sorted = found.sort((a, b) => a.mean! - b.mean!);
      return `${quantityName(quantity)} from ${around(quantity.unit, sorted[0]!)} to ${around(quantity.unit, sorted.at(-1)!)}`;
    });
    return extremes.length > 0
      ? `Over all cells: ${extremes.join(", ")}.`
      : "Every cell met a limit.";
  },

  table: cellsTable,
});

function matching(estimates: CellResult["estimates"], quantity: Quantity) {
  return estimates.find((one) => quantityName(one) === quantityName(quantity));
}

/** Rows for one number: the values of the inputs as a, b, …, in the number's own unit. */
function rowsOf({ cells }: Sweep, quantity: Quantity) {
  return cells.flatMap(({ values, estimates, met }) => {
    const same = matching(estimates, quantity);
    if (same?.mean == null) return [];
    const reach = same.halfWidth ?? 0;
    const inputs = Object.fromEntries(values.map((value, axis) => [`input${axis}`, value]));
    const number = { value: same.mean, low: same.mean - reach, high: same.mean + reach };
    return [
      {
        ...inputs,
        ...number,
        label: around(same.unit, { ...same, halfWidth: null }),
        kept: met !== false,
      },
    ];
  });
}

function unitOf({ unit }: Quantity): string {
  return unit === "share" ? "share" : unit;
}

function input({ axes }: Sweep, axis: number): Spec {
  const { path, values } = axes[axis]!;
  return {
    field: `input${axis}`,
    type: "ordinal",
    sort: values,
    axis: { title: path, labelAngle: 0, labelOverlap: true },
  };
}

function value(quantity: Quantity): Spec {
  return {
    field: "value",
    type: "quantitative",
    scale: { zero: false },
    axis: { title: `${quantityName(quantity)} [${unitOf(quantity)}]`, gridColor: GRID },
  };
}

function line(sweep: Sweep, quantity: Quantity): Spec {
  const x = input(sweep, 0);
  return {
    width: PLOT.width,
    height: 140,
    data: { values: rowsOf(sweep, quantity) },
    layer: [
      { mark: { type: "line", color: BLUE }, encoding: { x, y: value(quantity) } },
      {
        mark: { type: "rule", color: BLUE },
        encoding: { x, y: { ...value(quantity), field: "low" }, y2: { field: "high" } },
      },
      {
        mark: { type: "point", filled: true, size: 45, color: BLUE, opacity: 1 },
        encoding: { x, y: value(quantity) },
      },
    ],
  };
}

function heat(sweep: Sweep, quantity: Quantity): Spec {
  const [x, y] = [input(sweep, 1), input(sweep, 0)];
  const few = sweep.cells.length <= 100;
  return {
    title: { text: quantityName(quantity), fontSize: 12 },
    width: PLOT.width * 0.8,
    height: { step: 26 },
    data: { values: rowsOf(sweep, quantity) },
    layer: [
      {
        mark: { type: "rect", stroke: "#ffffff" },
        encoding: {
          x,
          y,
          color: {
            field: "value",
            type: "quantitative",
            scale: { range: ["#edf4fa", "#6fb1d9"], zero: false },
            legend: null,
          },
        },
      },
      ...(few
        ? [
            {
              mark: { type: "text", fontSize: 10.5, color: ON_CELL },
              encoding: { x, y, text: { field: "label" } },
            },
          ]
        : []),
    ],
  };
}

function cloud(sweep: Sweep, quantity: Quantity, axis: number): Spec {
  return {
    width: Math.max(150, PLOT.width / sweep.axes.length - 60),
    height: 140,
    data: { values: rowsOf(sweep, quantity) },
    mark: { type: "point", filled: true, size: 30, color: BLUE },
    encoding: { x: input(sweep, axis), y: value(quantity) },
  };
}
