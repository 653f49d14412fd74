/**
 * Does every objective hold at some values? Asked of as few replications as settle it.
 *
 * An objective holds when the one-sided Student bound of its number, over replications, is on the
 * right side of the target; it fails when the opposite bound is on the wrong side. That all hold
 * needs no correction for their number: each must hold by itself (R. L. Berger, Technometrics 24,
 * 1982, intersection-union test).
 */
import type { ObjectiveSpec, Scenario } from "../scenario/language.ts";
import { meanOf, varianceOf } from "../statistics/moments.ts";
import { studentQuantile } from "../statistics/student.ts";
import { quantityOf, sampleOf, samplesOf, targetOf, type Measure } from "./measures.ts";
import type { Bounds } from "./precision.ts";
import type { Sample } from "./result.ts";
import type { Judgement, TrialResult } from "./sizing.ts";
import { nameOf } from "./summary/objectives.ts";

/** Gives the numbers of replications `from` … `to` - 1, or the limit that one of them met. */
export type Measuring = (from: number, to: number) => Promise<Measure[][] | string>;

/** Doubles the replications until every objective is decided, or one fails, or there are too many. */
export async function tryOut(
  scenario: Scenario,
  values: readonly string[],
  { floor, ceiling }: Bounds,
  measure: Measuring,
): Promise<TrialResult> {
  const found: Measure[][] = [];
  for (let wanted = floor; ; wanted = Math.min(ceiling, wanted * 2)) {
    const more = await measure(found.length, wanted);
    if (typeof more === "string") return stoppedAt(values, more);
    found.push(...more);
    const trial = judge(scenario, values, found);
    if (trial.verdict !== "undecided" || found.length >= ceiling) return trial;
  }
}

function stoppedAt(values: readonly string[], stopped: string): TrialResult {
  const nothing = { replications: 0, cost: null, objectives: [], binding: null, margin: null };
  return { values: [...values], ...nothing, stopped, verdict: "fails" };
}

/** What replications say of the objectives. */
export function judge(
  { objectives: promises, run }: Scenario,
  values: readonly string[],
  found: readonly (readonly Measure[])[],
): TrialResult {
  const samples = samplesOf(found);
  const objectives = promises.map((objective) =>
    judgementOf(objective, sampleOf(samples, quantityOf(objective)), run.confidence),
  );
  const verdicts = objectives.map(({ verdict }) => verdict);
  const verdict = verdicts.includes("fails")
    ? "fails"
    : verdicts.includes("undecided")
      ? "undecided"
      : "holds";
  const [tightest] = [...objectives].sort(
    (a, b) => (a.margin ?? -Infinity) - (b.margin ?? -Infinity),
  );
  const costs = samples.find(({ metric }) => metric === "cost")?.values as number[] | undefined;
  return {
    values: [...values],
    replications: found.length,
    cost: costs ? meanOf(costs) : null,
    objectives,
    stopped: null,
    verdict,
    binding: tightest?.name ?? null,
    margin: tightest?.margin ?? null,
  };
}

function judgementOf(
  objective: ObjectiveSpec,
  sample: Sample | undefined,
  confidence: number,
): Judgement {
  const isShare = quantityOf(objective).unit === "share";
  const target = targetOf(objective);
  const name = nameOf(objective);
  const kind = isShare ? ("availability" as const) : ("latency" as const);
  const values = sample?.values ?? [null];
  if (values.includes(null)) {
    return { name, kind, target, mean: null, bound: null, margin: null, verdict: "fails" };
  }
  const known = values as number[];
  const mean = meanOf(known);
  const reach =
    known.length < 2
      ? Infinity
      : studentQuantile(confidence, known.length - 1) * Math.sqrt(varianceOf(known) / known.length);
  const sign = isShare ? 1 : -1;
  const bound = mean - sign * reach;
  const verdict =
    sign * (bound - target) >= 0
      ? "holds"
      : sign * (mean + sign * reach - target) < 0
        ? "fails"
        : "undecided";
  const room = isShare ? 1 - target : target;
  const margin = Number.isFinite(reach) && room > 0 ? (sign * (bound - target)) / room : null;
  return {
    name,
    kind,
    target,
    mean,
    bound: Number.isFinite(reach) ? bound : null,
    margin,
    verdict,
  };
}
