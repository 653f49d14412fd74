/** Cost against latency and failures: which candidates nobody beats in all three. */
import type { CandidateResult, Comparison } from "../../../experiment/comparison.ts";
import { around } from "../../quantities.ts";
import { numbers, words } from "../../tables/table.ts";
import { NOTHING, percent } from "../../units.ts";
import { chart } from "../chart.ts";
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
      label: `${candidate.name}, ${failed(candidate)}`,
      cost: estimateOf(candidate, "cost")!.mean,
      p99: estimateOf(candidate, "p99")!.mean,
      front: candidate.onFront,
      missed: candidate.met === false,
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
          encoding: { x, y, text: { field: "label" } },
        },
      ],
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

/** "1.5 % fail": what a label says beside cost and p99. */
function failed(candidate: CandidateResult): string {
  const availability = estimateOf(candidate, "availability")!.mean!;
  return availability === 1 ? "none fail" : `${percent(1 - availability)} fail`;
}

function estimateOf({ estimates }: CandidateResult, wanted: string) {
  return estimates.find(({ metric, of }) => metric === wanted && of === null);
}

function told(candidate: CandidateResult, metric: string): string {
  const estimate = estimateOf(candidate, metric);
  return estimate ? around(estimate.unit, estimate) : "";
}
