import { z } from "zod";
import type { Reference } from "../parts/part.ts";
import { callStep } from "./call.ts";
import { cpuStep } from "./cpu.ts";
import { parallelStep } from "./parallel.ts";
import type { Step, StepContext, StepDefinition } from "./step.ts";
import { workStep } from "./work.ts";

/** Every kind of step. A new one is its own file and a line here. */
export const steps = [workStep, cpuStep, callStep, parallelStep] as const;

export const stepSchema = z
  .union(steps.map((step) => step.schema) as never)
  .meta({ family: "step" }) as unknown as z.ZodType<
  StepSpec,
  z.input<(typeof steps)[number]["schema"]>
>;
export type StepSpec = z.output<(typeof steps)[number]["schema"]>;

/** The definition of a step, told by the key it begins with. */
function definitionOf(spec: StepSpec): StepDefinition<StepSpec> {
  const found = steps.find((step) => step.key in spec);
  if (!found) throw new Error("a step is one of the kinds listed");
  return found as unknown as StepDefinition<StepSpec>;
}

export function makeStep(spec: StepSpec, context: StepContext): Step {
  return definitionOf(spec).create(spec, context);
}

/** Whether calls contend for cores in a step. */
export function computes(spec: StepSpec): boolean {
  return definitionOf(spec).computes;
}

/** The operations a step calls. */
export function referencesOf(spec: StepSpec): readonly Reference[] {
  return definitionOf(spec).references(spec);
}
