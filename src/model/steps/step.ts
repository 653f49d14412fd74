/** What serving a call consists of: the contract of the steps of an operation. */
import type { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import type { Distribution } from "../../statistics/distributions/distribution.ts";
import type { Reference } from "../parts/part.ts";
import type { Calls } from "../calls.ts";
import type { Target } from "../exchange.ts";
import type { PolicySpec } from "../policy.ts";
import type { ResourceName } from "../resource.ts";

/** One step, ready to run. `begin` must end in the next step or the call's end, now or later. */
export interface Step {
  /**
   * The call comes to this step: on arrival at the instance for the first, else just before `begin`.
   * It may send the call elsewhere with `jump`; then that step's `begin` follows instead.
   */
  reach(call: number): void;
  begin(call: number): void;
  /** Whether it is plain work, which takes longer on a slow instance. */
  readonly slows?: boolean;
  /** What it draws when it is reached, if working for that time is all it does. */
  readonly time?: Distribution;
  /** What it calls, if calling them all and waiting for the answers is all it does. */
  readonly targets?: readonly Target[];
}

/** What a step may do to the call it serves; a service is one. */
export interface Worker {
  /** Notes the work a call brings to the step it is at [ns at normal speed]. */
  draw(call: number, work: Duration): void;
  /** Does that work, then proceeds. */
  work(call: number): void;
  /** The same at a resource of the instance, for which the call may have to wait. */
  use(call: number, resource: number): void;
  /** Lets that much time pass, then proceeds; an event loop serves others meanwhile. */
  wait(call: number): void;
  /** Calls all targets at once and proceeds when all have answered. */
  callAll(call: number, targets: readonly Target[]): void;
  /** Calls all targets at once and proceeds when so many have answered right; fails when they cannot. */
  callSome(call: number, targets: readonly Target[], needed: number): void;
  /** Takes memory of the instance until the call leaves [bytes], then proceeds. */
  hold(call: number, amount: number): void;
  /** Only in `reach`: the call comes to another step of its program, or to its end. */
  jump(call: number, position: number): void;
  /** Only in `begin`: goes on at another step, as an event of its own, so that a loop needs no stack. */
  repeat(call: number, position: number): void;
  /** Goes on with the next step. */
  proceed(call: number): void;
}

/** How a scenario names a target. */
export interface TargetSpec extends PolicySpec {
  readonly call: string;
  readonly optional: boolean;
}

export interface StepContext {
  readonly worker: Worker;
  /** All calls, to ask what one knows of its request. */
  readonly calls: Calls;
  /** A stream of the step for one purpose. */
  stream(purpose: string): Random;
  /** Finds the operation a scenario names as "part.operation"; `position` is its place in the step. */
  target(spec: TargetSpec, position: number): Target;
  /** The time one unit of a resource's work takes: an operation of the disk, a byte on the network [ns]. */
  timeOf(resource: "disk" | "network"): Duration;
}

/** The steps of an operation in one list: those inside others are laid out flat, with jumps. */
export interface Program {
  /** Where the next step goes. */
  readonly end: number;
  add(step: Step): void;
  /** Leaves a place open, to be filled when what follows is known. */
  reserve(): number;
  fill(position: number, step: Step): void;
  /** Adds steps written inside this one; `place` tells their list among others inside it. */
  addAll(specs: readonly unknown[], place: string): void;
}

/** Steps written inside another. */
export interface InnerSteps {
  readonly path: readonly (string | number)[];
  readonly steps: readonly unknown[];
}

/** One kind of step; steps are told apart by the key they begin with, not by `kind`. */
export interface StepDefinition<Spec> {
  /** The key that tells it: "work". */
  readonly key: string;
  readonly summary: string;
  readonly notes?: string;
  readonly example?: string;
  readonly schema: z.ZodType<Spec>;
  /** What of the instance calls contend for in it; nothing unless given. */
  readonly needs?: ResourceName | "memory";
  compile(spec: Spec, program: Program, context: StepContext): void;
  /** The operations a specification calls, for checking names before anything is built. */
  references?(spec: Spec): readonly Reference[];
  /** The steps written inside it. */
  inner?(spec: Spec): readonly InnerSteps[];
}

/** Declares a step; its schema learns what it is called, for messages and the manual. */
export function stepDefinition<Spec>(definition: StepDefinition<Spec>): StepDefinition<Spec> {
  const { key, summary } = definition;
  const schema = definition.schema.meta({ description: summary, family: "step", kind: key });
  return { ...definition, schema };
}

/** A step that only needs to be reached. */
export function nothing(): void {}
