/** Cost against latency: which candidates nobody beats in both. */
import type { CandidateResult, Comparison } from "../../../experiment/comparison.ts";
import { around } from "../../quantities.ts";
import { numbers, words } from "../../tables/table.ts";
import { chart } from "../chart.ts";
import { latencyAxis } from "../log-axis.ts";
import { BLUE, GRID, INK, MUTED, PLOT } from "../theme.ts";

export const pareto = chart<Comparison>({
  name: "pareto",
  section: "decision",
  title: "Cost against p99",
  question: "Which candidates are worth their money?",

  draw({ candidates }) {
    if (candidates.some(({ onFront }) => onFront === null)) return null;
    const values = candidates.map((candidate) => ({
      name: candidate.name,
      cost: estimateOf(candidate, "cost")!.mean,
      p99: estimateOf(candidate, "p99")!.mean,
      front: candidate.onFront,
    }));
    const unit = estimateOf(candidates[0]!, "cost")!.unit;
    const x = {
      field: "cost",
      type: "quantitative",
      scale: { zero: false, padding: 40 },
      axis: { title: `${unit} per run`, grid: true, gridColor: GRID, tickCount: 7 },
    };
    const y = { field: "p99", type: "quantitative", ...latencyAxis(values.map(({ p99 }) => p99)) };
    return {
      width: PLOT.width * 0.75,
      height: PLOT.height,
      data: { values },
      layer: [
        {
          transform: [{ filter: "datum.front" }],
          mark: { type: "line", interpolate: "step-after", color: BLUE, strokeDash: [4, 3] },
          encoding: { x, y },
        },
        {
          mark: { type: "point", filled: true, size: 90, opacity: 1 },
          encoding: {
            x,
            y,
            color: { condition: { test: "datum.front", value: BLUE }, value: MUTED },
          },
        },
        {
          mark: { type: "text", align: "left", dx: 8, dy: -9, color: INK, fontSize: 11 },
          encoding: { x, y, text: { field: "name" } },
        },
      ],
    };
  },

  describe({ candidates }) {
    const front = candidates.filter(({ onFront }) => onFront).map(({ name }) => name);
    return `Nobody is both cheaper and faster than ${front.join(" or ")}.`;
  },

  table({ candidates }) {
    return {
      columns: [words("candidate"), numbers("cost"), numbers("p99"), words("front")],
      rows: candidates.map((candidate) => [
        candidate.name,
        told(candidate, "cost"),
        told(candidate, "p99"),
        candidate.onFront ? "on the front" : "beaten",
      ]),
    };
  },
});

function estimateOf({ estimates }: CandidateResult, wanted: string) {
  return estimates.find(({ metric, of }) => metric === wanted && of === null);
}

function told(candidate: CandidateResult, metric: string): string {
  const estimate = estimateOf(candidate, metric);
  return estimate ? around(estimate.unit, estimate) : "";
}
