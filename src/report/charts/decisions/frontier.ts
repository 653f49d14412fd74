/** What each tried choice costs, and how close its binding objective came to the promise. */
import type { Judgement, Sizing, TrialResult } from "../../../experiment/sizing.ts";
import { inUnit } from "../../quantities.ts";
import { numbers, words } from "../../tables/table.ts";
import { digits, NOTHING } from "../../units.ts";
import { chart } from "../chart.ts";
import { latencyAxis } from "../log-axis.ts";
import { BLUE, GRID, INK, MUTED, PLOT, VERMILION } from "../theme.ts";

interface Point {
  readonly trial: TrialResult;
  readonly price: number;
  readonly judged: Judgement;
  readonly bound: number;
}

export const frontier = chart<Sizing>({
  name: "frontier",
  section: "decision",
  title: "What a promise costs",
  question: "What would a stricter promise cost, and what a laxer one save?",

  draw(sizing) {
    const points = pointsOf(sizing);
    if (points.length < 2) return null;
    const { kind, target } = points[0]!.judged;
    const values = points.map(({ trial, price, bound }) => ({
      price,
      bound,
      name: trial.values.join(" × "),
      holds: trial.verdict === "holds",
    }));
    const x = {
      field: "price",
      type: "quantitative",
      scale: { zero: false, padding: 30 },
      axis: { title: priceTitle(sizing), grid: true, gridColor: GRID, tickCount: 7 },
    };
    const bounds = [...points.map(({ bound }) => bound), target];
    const y = { field: "bound", type: "quantitative", ...axisFor(kind, bounds) };
    return {
      width: PLOT.width * 0.75,
      height: PLOT.height,
      data: { values },
      layer: [
        {
          data: { values: [{ bound: target }] },
          mark: { type: "rule", color: VERMILION, strokeDash: [4, 3] },
          encoding: { y },
        },
        {
          mark: { type: "point", size: 70, opacity: 1, filled: true },
          encoding: {
            x,
            y,
            color: { condition: { test: "datum.holds", value: BLUE }, value: MUTED },
            shape: { condition: { test: "datum.holds", value: "circle" }, value: "cross" },
          },
        },
        {
          mark: { type: "text", align: "left", dx: 8, dy: -6, color: INK, fontSize: 10 },
          encoding: { x, y, text: { field: "name" } },
        },
      ],
    };
  },

  describe(sizing) {
    const [first] = pointsOf(sizing);
    if (!first) return "Nothing that was tried has a bound.";
    const { name, kind, target } = first.judged;
    const side = kind === "availability" ? "above" : "below";
    return `Each point is a choice that was tried, by its bound for "${name}"; what keeps every promise is blue and round, and lies ${side} the line at ${inUnit(unitOf(first.judged), target)}.`;
  },

  table(sizing) {
    return {
      columns: [
        ...sizing.knobs.map(({ path }) => words(path)),
        numbers(priceTitle(sizing)),
        numbers("bound"),
        words("verdict"),
      ],
      rows: pointsOf(sizing).map(({ trial, price, judged, bound }) => [
        ...trial.values,
        trial.cost === null ? NOTHING : digits(price),
        inUnit(unitOf(judged), bound),
        trial.verdict === "holds" ? "holds" : "does not hold",
      ]),
    };
  },
});

/** Trials with a price and a bound of the objective that binds, the cheapest first. */
function pointsOf({ answer, trials, knobs }: Sizing): Point[] {
  const binding = (answer ?? trials[0])?.binding;
  const points = trials.flatMap((trial) => {
    const judged = trial.objectives.find(({ name }) => name === binding);
    const price = trial.cost ?? (knobs.length === 1 ? Number.parseFloat(trial.values[0]!) : NaN);
    const bound = judged?.bound ?? -1;
    // A bound may lie beyond what can be, where few runs tell little.
    const shown = judged?.kind === "availability" ? bound >= 0 : bound > 0;
    return judged && shown && Number.isFinite(price) ? [{ trial, price, judged, bound }] : [];
  });
  return points.sort((one, other) => one.price - other.price);
}

function priceTitle({ trials, knobs }: Sizing): string {
  return trials.some(({ cost }) => cost !== null) ? "cost per run" : knobs[0]!.path;
}

function unitOf({ kind }: Judgement): string {
  return kind === "availability" ? "share" : "s";
}

function axisFor(kind: Judgement["kind"], bounds: readonly number[]) {
  if (kind === "latency") return latencyAxis(bounds);
  return {
    scale: { zero: false, nice: true },
    axis: { title: "share of requests that succeed", format: ".3~%", gridColor: GRID },
  };
}
