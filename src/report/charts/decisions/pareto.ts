/** Cost against latency and failures: which candidates nobody beats in all three. */
import type { CandidateResult, Comparison } from "../../../experiment/comparison.ts";
import { around } from "../../quantities.ts";
import { numbers, words } from "../../tables/table.ts";
import { NOTHING } from "../../units.ts";
import { chart, type Spec } from "../chart.ts";
import { latencyAxis } from "../log-axis.ts";
import { BLUE, GRID, INK, MUTED, PLOT } from "../theme.ts";

export const pareto = chart<Comparison>({
  name: "pareto",
  section: "decision",
  title: "Cost against p99 and failures",
  question: "Which candidates are worth their money?",

  draw({ candidates }) {
    if (candidates.some(({ onFront }) => onFront === null)) return null;
    const values = candidates.map((candidate) => ({
      name: candidate.name,
      cost: estimateOf(candidate, "cost")!.mean,
      p99: estimateOf(candidate, "p99")!.mean,
      failed: 1 - estimateOf(candidate, "availability")!.mean!,
      front: candidate.onFront!,
      missed: candidate.met === false,
    }));
    const { unit } = estimateOf(candidates[0]!, "cost")!;
    const p99 = {
      field: "p99",
      type: "quantitative",
      ...latencyAxis(values.map((one) => one.p99)),
    };
    const most = Math.max(...values.map(({ failed }) => failed));
    return {
      // Who is on the front is drawn over those who are not.
      data: { values: values.toSorted((one, other) => Number(one.front) - Number(other.front)) },
      hconcat: [panel(unit, p99), panel(unit, { field: "failed", ...failuresAxis(most) })],
    };
  },

  describe({ candidates }) {
    const front = candidates.filter(({ onFront }) => onFront).map(({ name }) => name);
    return `Nobody is as good as ${front.join(" or ")} in cost, p99 and the share of requests that fail, and better in one of them: those are blue. A cross misses a promise.`;
  },

  table({ candidates }) {
    return {
      columns: [
        words("candidate"),
        numbers("cost"),
        numbers("p99"),
        numbers("availability"),
        words("front"),
        words("promises"),
      ],
      rows: candidates.map((candidate) => [
        candidate.name,
        told(candidate, "cost"),
        told(candidate, "p99"),
        told(candidate, "availability"),
        candidate.onFront ? "on the front" : "beaten",
        candidate.met === null ? NOTHING : candidate.met ? "kept" : "missed",
      ]),
    };
  },
});

/** The candidates by what they cost and by something else. */
function panel(unit: string, y: Spec): Spec {
  const x = {
    field: "cost",
    type: "quantitative",
    scale: { zero: false, padding: 40 },
    axis: { title: `${unit} per run`, grid: true, gridColor: GRID, tickCount: 4 },
  };
  return {
    width: PLOT.width * 0.42,
    height: PLOT.height,
    layer: [
      {
        mark: { type: "point", filled: true, size: 90, opacity: 1 },
        encoding: {
          x,
          y,
          color: { condition: { test: "datum.front", value: BLUE }, value: MUTED },
          shape: { condition: { test: "datum.missed", value: "cross" }, value: "circle" },
        },
      },
      {
        mark: { type: "text", align: "left", dx: 8, dy: -9, color: INK, fontSize: 11 },
        encoding: { x, y, text: { field: "name" } },
      },
    ],
  };
}

/** Shares that fail, none included: by powers of ten from a hundredth of a percent, and evenly below. */
function failuresAxis(most: number): Spec {
  return {
    type: "quantitative",
    scale: { type: "symlog", constant: 1e-4, domain: [0, Math.max(1e-3, most * 1.5)], nice: false },
    axis: {
      title: "share of requests that fail",
      values: [0, 1e-4, 1e-3, 1e-2, 1e-1, 1],
      labelExpr: "format(100 * datum.value, '~r') + ' %'",
      gridColor: GRID,
    },
  };
}

function estimateOf({ estimates }: CandidateResult, wanted: string) {
  return estimates.find(({ metric, of }) => metric === wanted && of === null);
}

function told(candidate: CandidateResult, metric: string): string {
  const estimate = estimateOf(candidate, metric);
  return estimate ? around(estimate.unit, estimate) : "";
}
