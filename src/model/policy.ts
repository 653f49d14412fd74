/** How a caller insists: how long it waits for an answer, and how often it tries. */
import { z } from "zod";
import type { Random } from "../kernel/random.ts";
import type { Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import { count, duration } from "../schema/fields.ts";
import type { Backoff } from "./backoffs/backoff.ts";
import { backoffs, backoffSchema } from "./backoffs/index.ts";
import type { Budget } from "./budgets/budget.ts";
import { budgets, budgetSchema } from "./budgets/index.ts";
import { breakerSchema } from "./breakers/index.ts";
import { Circuit, type CircuitEnds } from "./circuit.ts";

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
  /** Whether the caller goes on as if nothing were wrong when every attempt has failed. */
  readonly optional: boolean;
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
    "How long the caller waits for one attempt; without it, for ever. The callee does not learn that the caller has gone.",
  ).optional(),
  retry: retrySchema.optional(),
  breaker: breakerSchema
    .describe(
      "When it stops calling for a while; calls are then rejected at once and never sent. Every instance that calls has its own.",
    )
    .optional(),
};

const policySchema = z.strictObject(policyFields);
export type PolicySpec = z.output<typeof policySchema>;

/** A policy ready to use; null for a caller that waits for ever, tries once and needs the answer. */
export function policyOf(
  spec: PolicySpec,
  random: Random,
  optional = false,
  ends?: CircuitEnds,
): CallPolicy | null {
  const { breaker } = spec;
  const isPlain = spec.timeout === undefined && spec.retry === undefined && breaker === undefined;
  if (isPlain && !optional) return null;
  const retry = spec.retry ?? { attempts: 1, backoff: { kind: "immediate" as const } };
  const budget = spec.retry?.budget;
  return {
    timeout: spec.timeout ?? Infinity,
    attempts: retry.attempts,
    backoff: make(backoffs, retry.backoff, { random }),
    budget: budget === undefined ? null : make(budgets, budget, null),
    circuit: breaker !== undefined && ends !== undefined ? new Circuit(breaker, ends) : null,
    optional,
  };
}
