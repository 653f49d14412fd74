/** What a search for the cheapest fleet, or for the most traffic, says. */
import { z } from "zod";

const number = z.number().nullable();

/** An objective at one choice of values. */
export const judgement = z.strictObject({
  name: z.string(),
  kind: z.enum(["availability", "latency"]),
  /** Share for availability, seconds for latency. */
  target: z.number(),
  mean: number,
  /** One-sided: the truth is on the good side of it with the stated confidence. */
  bound: number,
  /** Room between bound and target: a share of the target latency, or of the error budget; below 0 when missed. */
  margin: number,
  verdict: z.enum(["holds", "fails", "undecided"]),
});

export const trialResult = z.strictObject({
  /** One value for each knob, in their order. */
  values: z.array(z.string()),
  replications: z.int().min(0),
  /** Mean per run; null where nothing has a price. */
  cost: number,
  objectives: z.array(judgement),
  /** The limit that was met, when it could not be simulated. */
  stopped: z.string().nullable(),
  verdict: z.enum(["holds", "fails", "undecided"]),
  /** The objective with the least room, and its margin. */
  binding: z.string().nullable(),
  margin: number,
});

/** One part by the utilisation law and Erlang C, beside what was simulated. */
export const analyticResult = z.strictObject({
  part: z.string(),
  /** Slots of the instances that were ready, on average. */
  servers: z.number(),
  offeredErlang: z.number(),
  utilisation: z.number(),
  simulatedUtilisation: number,
  /** Mean wait [s]; null when the servers are not enough at all. */
  waitingSeconds: number,
  simulatedWaitingSeconds: number,
});

export const sizingSchema = z.strictObject({
  format: z.literal("loadstar/sizing"),
  version: z.literal("1.0"),
  engine: z.string(),
  runId: z.string(),
  fingerprint: z.string(),
  title: z.string(),
  scenario: z.string(),
  variant: z.string().nullable(),
  seed: z.string(),
  confidence: z.number(),
  /** The cheapest values that keep every objective, or the most traffic at which all hold. */
  goal: z.enum(["cheapest", "headroom"]),
  knobs: z.array(z.strictObject({ path: z.string(), values: z.array(z.string()) })).min(1),
  /** Null when nothing keeps every objective. */
  answer: trialResult.nullable(),
  /** The same values again with luck that took no part in choosing them. */
  confirmation: trialResult.nullable(),
  /** Kinds of drill under which every objective must hold as well. */
  drills: z.array(z.string()).default([]),
  /** Fresh runs of the answer, each judged by itself, with the chance that another misses; absent unless asked for. */
  fresh: z
    .strictObject({
      kept: z.int().min(0),
      of: z.int().min(1),
      missChance: z.strictObject({ low: z.number(), high: z.number() }),
    })
    .optional(),
  /** Everything that was tried, the best first. */
  trials: z.array(trialResult),
  analytic: z.array(analyticResult),
  warnings: z.array(z.string()),
});

export type Sizing = z.output<typeof sizingSchema>;
export type TrialResult = z.output<typeof trialResult>;
export type Judgement = z.output<typeof judgement>;
export type AnalyticResult = z.output<typeof analyticResult>;
