/** A comparison for spreadsheets. */
import type { Comparison } from "../../../experiment/comparison.ts";
import { named, namedOrNull, type Sheet } from "../csv.ts";

export function comparisonSheets(comparison: Comparison): Record<string, Sheet> {
  return { differences: differences(comparison), candidates: candidates(comparison) };
}

function differences(comparison: Comparison): Sheet {
  return {
    columns: [
      ...["candidate", "metric", "of", "unit", "baseline", "mean", "difference", "half_width"],
      ...["probability", "adjusted", "verdict", "replications_needed", "variance_reduction"],
    ],
    rows: comparison.differences.map((one) => [
      named(one.candidate),
      one.metric,
      namedOrNull(one.of),
      one.unit,
      one.baseline,
      one.mean,
      one.difference.mean,
      one.difference.halfWidth,
      one.probability,
      one.adjusted,
      one.verdict,
      one.replicationsNeeded,
      one.varianceReduction,
    ]),
  };
}

function candidates(comparison: Comparison): Sheet {
  return {
    columns: ["candidate", "metric", "of", "unit", "mean", "half_width", "met", "on_front"],
    rows: comparison.candidates.flatMap(({ name, estimates, met, onFront }) =>
      estimates.map(({ metric, of, unit, mean, halfWidth }) => [
        named(name),
        metric,
        namedOrNull(of),
        unit,
        mean,
        halfWidth,
        yesNo(met),
        yesNo(onFront),
      ]),
    ),
  };
}

function yesNo(value: boolean | null): string | null {
  return value === null ? null : value ? "yes" : "no";
}
