/** How a caller insists: how long it waits for an answer, and how often it tries. */
import { z } from "zod";
import type { Random } from "../kernel/random.ts";
import type { Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import { choice, count, duration } from "../schema/fields.ts";
import {
  distributions,
  distributionSchema,
  type Distribution,
} from "../statistics/distributions/index.ts";
import type { Backoff } from "./backoffs/backoff.ts";
import { backoffs, backoffSchema } from "./backoffs/index.ts";
import type { Budget } from "./budgets/budget.ts";
import { budgets, budgetSchema } from "./budgets/index.ts";
import { breakerSchema } from "./breakers/index.ts";
import { Circuit, type CircuitEnds } from "./circuit.ts";
import type { Connections } from "./connections.ts";
import { Hedging, hedgeSchema } from "./hedging.ts";

/** What one caller does about calls that are slow or fail. */
export interface CallPolicy {
  /** How long it waits for one attempt [ns]; Infinity when it waits for ever. */
  readonly timeout: Duration;
  /** Attempts it makes, the first included. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** What retries are paid from; null for no limit. */
  readonly budget: Budget | null;
  /** What keeps it from calling somebody who keeps failing it; null for nothing. */
  readonly circuit: Circuit | null;
  /** How many of its calls are out at once; null for any number. */
  readonly connections: Connections | null;
  /** Whether the caller goes on as if nothing were wrong when every attempt has failed. */
  readonly optional: boolean;
  /** What it does while it waits; null for most callers, who just wait. */
  readonly impatience: Impatience | null;
}

/** What a caller does besides waiting. */
export interface Impatience {
  /** Whether it tells the callee when it does not want the answer any more. */
  readonly cancels: boolean;
  /** How long it lets a call wait in a queue before it takes it out; null for ever. */
  readonly patience: Distribution | null;
  readonly hedging: Hedging | null;
}

export const retrySchema = z
  .strictObject({
    attempts: count("Attempts made, the first included.", { min: 1, max: 100 }).default(3),
    backoff: backoffSchema
      .describe("How long it waits before each further attempt.")
      .prefault({ kind: "full-jitter" }),
    budget: budgetSchema
      .describe(
        "What retries are paid from; a share alone means that share of first attempts. Without it retries are not limited.",
      )
      .optional(),
  })
  .describe("What a caller does when an attempt does not succeed.");

export const policyFields = {
  timeout: duration(
    "How long the caller waits for one attempt; without it, for ever. An answer at that very instant is too late. The callee does not learn that the caller has gone, unless cancellation says so.",
  ).optional(),
  retry: retrySchema.optional(),
  breaker: breakerSchema
    .describe(
      "When it stops calling for a while; calls are then rejected at once and never sent. Every instance that calls has its own.",
    )
    .optional(),
  hedge: hedgeSchema.optional(),
  patience: distributionSchema
    .describe(
      "How long a call waits in the queue of its part, or at its door, before the caller takes it out and gives up; time in service does not count. Without it, for ever.",
    )
    .optional(),
  cancellation: choice(
    "Whether the callee learns that nobody wants a call any more (its caller timed out, took another copy's answer, or was itself cancelled): it then leaves the queue or stops work, and so do the calls made for it.",
    ["none", "propagate"],
  ).optional(),
};

const policySchema = z.strictObject(policyFields);
export type PolicySpec = z.output<typeof policySchema>;

/** A policy ready to use; null for a caller that waits for ever, tries once and needs the answer. */
export function policyOf(
  spec: PolicySpec,
  random: Random,
  optional = false,
  ends?: CircuitEnds,
  connections: Connections | null = null,
): CallPolicy | null {
  const { timeout, retry: wanted, breaker } = spec;
  const impatience = impatienceOf(spec, random);
  const isPlain = [timeout, wanted, breaker].every((each) => each === undefined);
  if (isPlain && impatience === null && connections === null && !optional) return null;
  const retry = spec.retry ?? { attempts: 1, backoff: { kind: "immediate" as const } };
  const budget = spec.retry?.budget;
  return {
    timeout: spec.timeout ?? Infinity,
    attempts: retry.attempts,
    backoff: make(backoffs, retry.backoff, { random }),
    budget: budget === undefined ? null : make(budgets, budget, null),
    circuit: breaker !== undefined && ends !== undefined ? new Circuit(breaker, ends) : null,
    connections,
    optional,
    impatience,
  };
}

function impatienceOf(spec: PolicySpec, random: Random): Impatience | null {
  const { hedge, patience, cancellation } = spec;
  const cancels = cancellation === "propagate";
  if (hedge === undefined && patience === undefined && !cancels) return null;
  return {
    cancels,
    patience: patience === undefined ? null : make(distributions, patience, { random }),
    hedging: hedge === undefined ? null : new Hedging(hedge),
  };
}
