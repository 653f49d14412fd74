/** A sweep in words: where the promises hold, where it is cheapest, and which input matters. */
import type { CellResult, Sweep } from "../../experiment/sweepResult.ts";
import { quantityName } from "../../experiment/result.ts";
import { around } from "../quantities.ts";
import { aside, numbers, words, type Table } from "../tables/table.ts";
import { digits, NOTHING, plural, promised } from "../units.ts";
import type { Brief } from "./brief.ts";

/** Cells the tables of page and terminal tell; data/cells.csv tells all. */
const ROWS = 60;

export function sweepBrief(sweep: Sweep): Brief {
  const { cells, title, engine, runId, seed, confidence, replications, axes } = sweep;
  const method =
    sweep.design === "grid"
      ? "Shares of variance over the grid that each input explains by itself; the rest is how inputs work together, and luck."
      : "Squared standardised coefficients of a regression of ranks; the rest is what no rising or falling line explains, and luck.";
  return {
    kicker: [
      `sweep of ${plural(cells.length, "cell")}`,
      axes.map(({ path }) => path).join(" × "),
      `${plural(replications, "replication")} each`,
    ],
    title,
    met: null,
    headline: headline(sweep),
    detail: matters(sweep),
    sections: [
      {
        heading: "Cells",
        sentences:
          cells.length > ROWS
            ? [`The first ${ROWS} of ${cells.length}; data/cells.csv has all.`]
            : [],
        table: cellsTable(sweep),
        charts: ["response"],
      },
      {
        heading: "What matters",
        sentences: sweep.sensitivity.length > 0 ? [method] : [],
        table: sweep.sensitivity.length > 0 ? sensitivityTable(sweep) : null,
        charts: [],
      },
    ],
    warnings: sweep.warnings,
    origin: [
      ["Design", sweep.design],
      ["Seed", seed],
      ["Intervals", `${promised(confidence)}, Student`],
      ["Sweep", runId],
      ["Engine", `Loadstar ${engine}`],
    ],
  };
}

function headline({ cells, axes }: Sweep): string {
  const judged = cells.filter(({ met }) => met !== null);
  if (judged.length === 0)
    return `${plural(cells.length, "cell")} simulated; nothing was promised.`;
  const kept = judged.filter(({ met }) => met);
  if (kept.length === 0) return `No cell of ${judged.length} keeps every promise.`;
  const [first] = [...kept].sort((a, b) => costOf(a) - costOf(b) || a.index - b.index);
  const which = first!.values.map((value, at) => `${axes[at]!.path} = ${value}`).join(", ");
  const best = costOf(first!) === Infinity ? "the first is" : "the cheapest is";
  return `${kept.length} of ${plural(judged.length, "cell")} keep every promise; ${best} ${which}.`;
}

function costOf({ estimates }: CellResult): number {
  return estimates.find(({ metric }) => metric === "cost")?.mean ?? Infinity;
}

/** The input that moves each main number most. */
function matters({ sensitivity }: Sweep): string {
  return sensitivity
    .filter(({ of, metric }) => of === null && ["availability", "p99", "cost"].includes(metric))
    .filter(({ shares }) => shares[0]!.share > 0)
    .map(
      (one) =>
        `${quantityName(one)} is moved most by ${one.shares[0]!.path} (${asShare(one.shares[0]!.share)}).`,
    )
    .join(" ");
}

function asShare(share: number): string {
  // What rounding leaves of nothing.
  if (share < 1e-9) return "0 %";
  return `${digits(share * 100, 2)} %`;
}

/** The quantities that everybody asks for first. */
export function told({ cells }: Sweep): CellResult["estimates"] {
  const known = cells.find(({ estimates }) => estimates.length > 0)?.estimates ?? [];
  return known.filter(
    ({ of, metric }) => of === null && ["availability", "p50", "p99", "cost"].includes(metric),
  );
}

export function cellsTable(sweep: Sweep): Table {
  const quantities = told(sweep);
  return {
    columns: [
      ...sweep.axes.map(({ path }) => words(path)),
      ...quantities.map(({ metric }) =>
        metric === "p50" ? aside(numbers(metric)) : numbers(metric),
      ),
      words("promises"),
    ],
    rows: sweep.cells.slice(0, ROWS).map(({ values, estimates, met, stopped }) => [
      ...values,
      ...quantities.map((quantity) => {
        const same = estimates.find((one) => quantityName(one) === quantityName(quantity));
        return same ? around(same.unit, same) : NOTHING;
      }),
      stopped !== null ? "✗ met a limit" : met === null ? NOTHING : met ? "✓ kept" : "✗ missed",
    ]),
  };
}

function sensitivityTable({ sensitivity, axes }: Sweep): Table {
  return {
    columns: [words("number"), ...axes.map(({ path }) => numbers(path)), numbers("rest")],
    rows: sensitivity.map((one) => [
      quantityName(one),
      ...axes.map(({ path }) => asShare(one.shares.find((share) => share.path === path)!.share)),
      asShare(one.rest),
    ]),
  };
}
