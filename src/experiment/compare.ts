/**
 * From Results to a comparison of them. It sees only Results, so saved ones compare like fresh ones.
 *
 * Replications pair when seed and number are the same: streams of luck are named by owner and
 * purpose, so replication i meets the same shoppers and the same work in every candidate, and what
 * differs is what the candidates do with them (common random numbers).
 */
import { createHash } from "node:crypto";
import {
  holm,
  pairedDifference,
  replicationsFor,
  welchDifference,
  type Difference,
} from "../statistics/differences.ts";
import { varianceOf } from "../statistics/moments.ts";
import { studentInterval } from "../statistics/intervals.ts";
import type { CandidateResult, Comparison, DifferenceResult, Verdict } from "./comparison.ts";
import { sampleOf } from "./measures.ts";
import type { Result, Sample } from "./result.ts";
import { VERSION } from "./version.ts";

/** A Result and what the comparison calls it. */
export interface Candidate {
  readonly name: string;
  readonly result: Result;
}

/** Nobody simulates more replications than a scenario may ask for. */
const MOST_REPLICATIONS = 10_000;

/** @param candidates at least two; the first is the baseline */
export function compare(candidates: readonly Candidate[], confidence: number): Comparison {
  const [baseline, ...others] = candidates as readonly [Candidate, ...Candidate[]];
  const pairing = pairingOf(candidates);
  const raw = others.flatMap((candidate) =>
    baseline.result.samples.map((sample) =>
      differenceOf(sample, candidate, { confidence, paired: pairing.paired }),
    ),
  );
  const front = frontOf(candidates);
  return {
    format: "loadstar/comparison",
    version: "1.0",
    engine: VERSION,
    runId: hash(candidates.map(({ name, result }) => [name, result.runId])).slice(0, 12),
    fingerprint: hash(candidates.map(({ result }) => result.fingerprint)).slice(0, 16),
    title: baseline.result.title,
    scenario: baseline.result.scenario,
    confidence,
    ...pairing,
    candidates: candidates.map((candidate) => summaryOf(candidate, confidence, front)),
    differences: corrected(raw, confidence),
    warnings: warningsOf(candidates),
  };
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

function pairingOf(candidates: readonly Candidate[]): { paired: boolean; pairing: string } {
  const distinct = (of: (result: Result) => string | number) =>
    new Set(candidates.map(({ result }) => of(result))).size > 1;
  if (distinct(({ seed }) => seed))
    return { paired: false, pairing: "The seeds differ, so the luck of every run is its own." };
  if (distinct(({ run }) => run.replications))
    return { paired: false, pairing: "The numbers of replications differ, so none are paired." };
  return {
    paired: true,
    pairing: "Replications are paired: each met the same shoppers and the same luck in all.",
  };
}

interface Terms {
  readonly confidence: number;
  readonly paired: boolean;
}

/** A difference before it is known what the others say. */
type Raw = Omit<DifferenceResult, "adjusted" | "verdict">;

function differenceOf(sample: Sample, { name, result }: Candidate, terms: Terms): Raw {
  const { values: _, ...quantity } = sample;
  const first = complete(sample);
  const second = complete(sampleOf(result.samples, quantity));
  const empty = { difference: { mean: null, halfWidth: null }, probability: null };
  const nothing = { ...empty, replicationsNeeded: null, varianceReduction: null };
  const means = { baseline: meanOrNull(first), mean: meanOrNull(second) };
  const raw = { candidate: name, ...quantity, ...means };
  if (first === null || second === null) return { ...raw, ...nothing };
  const compared = terms.paired ? pairedDifference : welchDifference;
  const found = compared(first, second, terms.confidence);
  return {
    ...raw,
    difference: { mean: found.mean, halfWidth: found.halfWidth },
    probability: found.probability,
    replicationsNeeded: needed(found, terms.confidence),
    varianceReduction: terms.paired ? reduction(first, second, found) : null,
  };
}

/** The values of a sample; null when a replication has none. */
function complete(sample: Sample | undefined): number[] | null {
  const values = sample?.values.filter((value) => value !== null) ?? [];
  return values.length > 0 && values.length === sample!.values.length ? values : null;
}

function meanOrNull(values: number[] | null): number | null {
  return values === null ? null : studentInterval(values, 0.5).mean;
}

function needed({ mean, variance }: Difference, confidence: number): number | null {
  if (variance === null || variance === 0 || mean === 0) return null;
  return replicationsFor(Math.abs(mean) / 2, variance, confidence, MOST_REPLICATIONS);
}

function reduction(
  first: readonly number[],
  second: readonly number[],
  { variance }: Difference,
): number | null {
  if (variance === null || variance === 0) return null;
  return (varianceOf(first) + varianceOf(second)) / variance;
}

/** With verdicts: many differences are looked at together, so each must stand out more. */
function corrected(raw: readonly Raw[], confidence: number): DifferenceResult[] {
  const tested = raw.filter(({ probability }) => probability !== null);
  const adjusted = holm(tested.map(({ probability }) => probability!));
  return raw.map((difference) => {
    const place = tested.indexOf(difference);
    const probability = place < 0 ? null : adjusted[place]!;
    const verdict = verdictOn(difference, probability, confidence);
    const replicationsNeeded = verdict === "undecided" ? difference.replicationsNeeded : null;
    return { ...difference, adjusted: probability, verdict, replicationsNeeded };
  });
}

function verdictOn(
  { metric, difference: { mean, halfWidth } }: Raw,
  probability: number | null,
  confidence: number,
): Verdict {
  if (mean === null || halfWidth === null || probability === null) return "unknown";
  if (mean === 0 && halfWidth === 0) return "same";
  if (probability >= 1 - confidence) return "undecided";
  const isMoreBetter = metric === "availability";
  return mean > 0 === isMoreBetter ? "better" : "worse";
}

function summaryOf(
  { name, result }: Candidate,
  confidence: number,
  front: ReadonlySet<string> | null,
): CandidateResult {
  const { title, scenario, variant, runId, fingerprint, seed, met, objectives } = result;
  return {
    name,
    title,
    scenario,
    variant,
    runId,
    fingerprint,
    seed,
    replications: result.run.replications,
    met,
    objectives,
    estimates: result.samples.map(({ values, ...quantity }) => ({
      ...quantity,
      ...(values.includes(null)
        ? { mean: null, halfWidth: null }
        : studentInterval(values as number[], confidence)),
    })),
    onFront: front === null ? null : front.has(name),
  };
}

/** What the front is about: for each, less is better. */
interface Point {
  readonly name: string;
  readonly cost: number;
  readonly p99: number;
  /** Share of requests that fail [0 to 1]. */
  readonly failed: number;
}

/** Candidates that no other beats in cost, 99th percentile and failures; null unless all have the three. */
function frontOf(candidates: readonly Candidate[]): Set<string> | null {
  const points = candidates.flatMap(pointOf);
  if (points.length < candidates.length) return null;
  const best = points.filter((point) => !points.some((other) => beats(other, point)));
  return new Set(best.map(({ name }) => name));
}

function pointOf({ name, result: { samples } }: Candidate): Point[] {
  const mean = (wanted: string) =>
    meanOrNull(complete(samples.find(({ metric, of }) => metric === wanted && of === null)));
  const [cost, p99, availability] = [mean("cost"), mean("p99"), mean("availability")];
  if (cost === null || p99 === null || availability === null) return [];
  return [{ name, cost, p99, failed: 1 - availability }];
}

/** As good in everything, and better in something. */
function beats(one: Point, other: Point): boolean {
  const axes = ["cost", "p99", "failed"] as const;
  return (
    axes.every((axis) => one[axis] <= other[axis]) && axes.some((axis) => one[axis] < other[axis])
  );
}

function warningsOf(candidates: readonly Candidate[]): string[] {
  const single = candidates.some(({ result }) => result.run.replications === 1);
  const lengths = new Set(candidates.map(({ result }) => result.run.duration));
  return [
    ...(single ? ["With a single replication no difference can be told from luck."] : []),
    ...(lengths.size > 1 ? ["The candidates were simulated for different lengths of time."] : []),
    ...candidates.flatMap(({ name, result }) =>
      result.warnings.map((warning) => `${name}: ${warning}`),
    ),
  ];
}
