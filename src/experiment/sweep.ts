/** From cells that were simulated, in whatever order, to one document. */
import { createHash } from "node:crypto";
import type { Scenario } from "../scenario/language.ts";
import { studentInterval } from "../statistics/intervals.ts";
import { mainEffects, rankRegression } from "../statistics/sensitivity.ts";
import type { Axis } from "./axes.ts";
import { quantityOf, sampleOf, samplesOf, targetOf, type Measure } from "./measures.ts";
import type { Quantity } from "./result.ts";
import type { CellResult, SensitivityResult, Sweep } from "./sweepResult.ts";
import { VERSION } from "./version.ts";

/** What is to be simulated. */
export interface Plan {
  readonly base: Scenario;
  readonly design: Sweep["design"];
  readonly axes: readonly Axis[];
  /** By cell, one value for each axis. */
  readonly points: readonly (readonly string[])[];
}

/** The same plan has the same id: what was kept of one can be used only for the same. */
export function planId({ base, design, points, axes }: Plan): string {
  const paths = axes.map(({ path }) => path);
  const { resolved, seed, variant, file } = base;
  return sha256([resolved, seed, variant, file, design, paths, points, VERSION]).slice(0, 12);
}

function sha256(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/** A cell from its replications, or from the reason why there are none. */
export function cellOf(
  index: number,
  values: readonly string[],
  scenario: Scenario,
  found: readonly (readonly Measure[])[] | string,
): CellResult {
  const cell = { index, values: [...values] };
  if (typeof found === "string") return { ...cell, stopped: found, met: false, estimates: [] };
  const estimates = samplesOf(found).map(({ values: sampled, ...quantity }) => ({
    ...quantity,
    ...(sampled.includes(null)
      ? { mean: null, halfWidth: null }
      : studentInterval(sampled as number[], scenario.run.confidence)),
  }));
  return { ...cell, stopped: null, met: keeps(scenario, estimates), estimates };
}

/** Whether the means keep every objective. */
function keeps({ objectives }: Scenario, estimates: CellResult["estimates"]): boolean | null {
  if (objectives.length === 0) return null;
  return objectives.every((objective) => {
    const quantity = quantityOf(objective);
    const mean = sampleOf(estimates, quantity)?.mean ?? null;
    if (mean === null) return false;
    const target = targetOf(objective);
    return quantity.unit === "share" ? mean >= target : mean < target;
  });
}

/** @param cells one for each point, in any order */
export function sweepOf(plan: Plan, cells: readonly CellResult[]): Sweep {
  const { base, design, axes } = plan;
  const ordered = [...cells].sort((a, b) => a.index - b.index);
  const stopped = ordered.filter((cell) => cell.stopped !== null).length;
  return {
    format: "loadstar/sweep",
    version: "1.0",
    engine: VERSION,
    runId: planId(plan),
    fingerprint: sha256(ordered).slice(0, 16),
    title: base.title,
    scenario: base.file,
    variant: base.variant,
    seed: base.seed,
    replications: base.run.replications,
    confidence: base.run.confidence,
    design,
    axes: axes.map(({ path }, at) => ({
      path,
      values: design === "grid" ? [...axes[at]!.values] : distinct(plan, at),
    })),
    cells: ordered,
    sensitivity: sensitivityOf(plan, ordered),
    warnings: [
      ...(base.run.replications === 1
        ? ["One run for each cell: a cell may be lucky; give --replications."]
        : []),
      ...(stopped > 0 ? [`${stopped} cells met a limit and have no numbers.`] : []),
      ...base.warnings,
    ],
  };
}

function distinct({ points }: Plan, axis: number): string[] {
  const values = [...new Set(points.map((point) => point[axis]!))];
  return values.sort((a, b) => numberIn(a) - numberIn(b) || (a < b ? -1 : 1));
}

/** What a value counts as in a regression: its number, or nothing. */
function numberIn(text: string): number {
  return Number(/^\d+(\.\d+)?/.exec(text)?.[0] ?? Number.NaN);
}

function sensitivityOf(plan: Plan, cells: readonly CellResult[]): SensitivityResult[] {
  const whole = cells.filter(({ stopped }) => stopped === null);
  // A grid with holes is no longer balanced, and one cell has no variance.
  if (whole.length < 3 || (plan.design === "grid" && whole.length < cells.length)) return [];
  const quantities: Quantity[] = whole[0]!.estimates.map(({ metric, of, unit }) => ({
    metric,
    of,
    unit,
  }));
  return quantities.flatMap((quantity) => {
    const outputs = whole.map(({ estimates }) => sampleOf(estimates, quantity)?.mean ?? null);
    if (outputs.includes(null)) return [];
    const levels = whole.map(({ values }) =>
      values.map((value, axis) => levelOf(plan, axis, value)),
    );
    const found = (plan.design === "grid" ? mainEffects : rankRegression)(
      levels,
      outputs as number[],
    );
    const shares = plan.axes
      .map(({ path }, at) => ({ path, share: found.shares[at]! }))
      .sort((a, b) => b.share - a.share);
    return [{ ...quantity, shares, rest: found.rest }];
  });
}

function levelOf({ axes }: Plan, axis: number, value: string): number {
  const number = numberIn(value);
  return Number.isNaN(number) ? axes[axis]!.values.indexOf(value) : number;
}
