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

/** What one caller does about calls that are slow or fail. */
export interface CallPolicy {
  /** How long it waits for one attempt [ns]; Infinity when it waits for ever. */
  readonly timeout: Duration;
  /** Attempts it makes, the first included. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** What retries are paid from; null for no limit. */
  readonly budget: Budget | null;
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
};

const policySchema = z.strictObject(policyFields);
export type PolicySpec = z.output<typeof policySchema>;

/** A policy ready to use; null for a caller that waits for ever, tries once and needs the answer. */
export function policyOf(spec: PolicySpec, random: Random, optional = false): CallPolicy | null {
  if (spec.timeout === undefined && spec.retry === undefined && !optional) return null;
  const retry = spec.retry ?? { attempts: 1, backoff: { kind: "immediate" as const } };
  const budget = spec.retry?.budget;
  return {
    timeout: spec.timeout ?? Infinity,
    attempts: retry.attempts,
    backoff: make(backoffs, retry.backoff, { random }),
    budget: budget === undefined ? null : make(budgets, budget, null),
    optional,
  };
}
