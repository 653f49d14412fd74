/**
 * What a comparison says: candidates side by side, and which of their differences are real. The
 * first candidate is the baseline that the others are held against.
 */
import { z } from "zod";
import { quantity } from "./result.ts";
import { estimate } from "./result/fields.ts";
import { objectiveResult } from "./result/objectives.ts";

/** Better and worse are real at the confidence; "same" has no difference in any replication. */
export const verdicts = ["better", "worse", "same", "undecided", "unknown"] as const;

export const candidateResult = z.strictObject({
  name: z.string(),
  title: z.string(),
  scenario: z.string(),
  variant: z.string().nullable(),
  runId: z.string(),
  fingerprint: z.string(),
  seed: z.string(),
  replications: z.int().min(1),
  /** Every objective met; null when there are none. */
  met: z.boolean().nullable(),
  objectives: z.array(objectiveResult),
  estimates: z.array(quantity.extend(estimate.shape)),
  /**
   * No other is as good in cost, 99th percentile and share of failed requests and better in one of
   * them; null without a price.
   */
  onFront: z.boolean().nullable(),
});

export const differenceResult = quantity.extend({
  /** The candidate held against the baseline. */
  candidate: z.string(),
  /** Means over the replications; null where one of them told nothing. */
  baseline: z.number().nullable(),
  mean: z.number().nullable(),
  /** Candidate minus baseline. */
  difference: estimate,
  /** How often chance alone gives as much, as this test says by itself and among all of them (Holm). */
  probability: z.number().nullable(),
  adjusted: z.number().nullable(),
  verdict: z.enum(verdicts),
  /** Replications after which the interval would be half as wide as the difference seen, where undecided. */
  replicationsNeeded: z.int().nullable(),
  /** How many times the variance would be larger with independent luck; null without pairs or spread. */
  varianceReduction: z.number().nullable(),
});

export const comparisonSchema = z.strictObject({
  format: z.literal("loadstar/comparison"),
  version: z.literal("1.0"),
  engine: z.string(),
  /** First 12 hex digits of a hash over the candidates' names, run ids and fingerprints. */
  runId: z.string(),
  fingerprint: z.string(),
  title: z.string(),
  /** The baseline's scenario, which gives the folder its name. */
  scenario: z.string(),
  confidence: z.number(),
  /** Whether replication i of every candidate had the same luck. */
  paired: z.boolean(),
  /** Why, in a sentence. */
  pairing: z.string(),
  candidates: z.array(candidateResult).min(2),
  differences: z.array(differenceResult),
  warnings: z.array(z.string()),
});

export type Comparison = z.output<typeof comparisonSchema>;
export type CandidateResult = z.output<typeof candidateResult>;
export type DifferenceResult = z.output<typeof differenceResult>;
export type Verdict = (typeof verdicts)[number];
