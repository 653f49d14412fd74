/** What serving a call consists of: the contract of the steps of an operation. */
import type { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import type { Reference } from "../parts/part.ts";
import type { Target } from "../exchange.ts";
import type { PolicySpec } from "../policy.ts";

/** One step, ready to run. It must end in `proceed` or `fail`, now or later. */
export interface Step {
  /** The call comes to this step: on arrival at the instance for the first, else just before `begin`. */
  reach(call: number): void;
  begin(call: number): void;
}

/** What a step may do to the call it serves; a service is one. */
export interface Worker {
  /** Notes the work a call brings to the step it is at [ns at normal speed]. */
  draw(call: number, work: Duration): void;
  /** Does that work, then proceeds. */
  work(call: number): void;
  /** The same on a core, for which the call may have to wait. */
  compute(call: number): void;
  /** Calls all targets at once and proceeds when all have answered. */
  callAll(call: number, targets: readonly Target[]): void;
}

/** How a scenario names a target. */
export interface TargetSpec extends PolicySpec {
  readonly call: string;
  readonly optional: boolean;
}

export interface StepContext {
  readonly worker: Worker;
  /** A stream of the step for one purpose. */
  stream(purpose: string): Random;
  /** Finds the operation a scenario names as "part.operation"; `position` is its place in the step. */
  target(spec: TargetSpec, position: number): Target;
}

/** One kind of step; steps are told apart by the key they begin with, not by `kind`. */
export interface StepDefinition<Spec> {
  /** The key that tells it: "work". */
  readonly key: string;
  readonly summary: string;
  readonly schema: z.ZodType<Spec>;
  /** Whether calls contend for cores in it. */
  readonly computes: boolean;
  create(spec: Spec, context: StepContext): Step;
  /** The operations a specification calls, for checking names before anything is built. */
  references(spec: Spec): readonly Reference[];
}

/** Declares a step; its schema learns what it is called, for messages and the manual. */
export function stepDefinition<Spec>(definition: StepDefinition<Spec>): StepDefinition<Spec> {
  const { key, summary } = definition;
  const schema = definition.schema.meta({ description: summary, family: "step", kind: key });
  return { ...definition, schema };
}
