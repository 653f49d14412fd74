import { z } from "zod";
import { below, type Reference } from "../parts/part.ts";
import { callStep } from "./call.ts";
import { chooseStep } from "./choose.ts";
import { cpuStep } from "./cpu.ts";
import { diskStep } from "./disk.ts";
import { holdStep } from "./hold.ts";
import { completeStepList } from "./list.ts";
import { loopStep } from "./loop.ts";
import { networkStep } from "./network.ts";
import { parallelStep } from "./parallel.ts";
import { requestedWorkStep } from "./requested-work.ts";
import type { Program, Step, StepContext, StepDefinition } from "./step.ts";
import { waitStep } from "./wait.ts";
import { workStep } from "./work.ts";

/** Every kind of step. A new one is its own file and a line here. */
export const steps = [
  workStep,
  requestedWorkStep,
  cpuStep,
  diskStep,
  networkStep,
  waitStep,
  callStep,
  parallelStep,
  chooseStep,
  loopStep,
  holdStep,
] as const;

export const stepSchema = z
  .union(steps.map((step) => step.schema) as never)
  .meta({ family: "step", id: "step" }) as unknown as z.ZodType<
  StepSpec,
  z.input<(typeof steps)[number]["schema"]>
>;
export type StepSpec = z.output<(typeof steps)[number]["schema"]>;

completeStepList(stepSchema);

/** The definition of a step, told by the key it begins with. */
function definitionOf(spec: StepSpec): StepDefinition<StepSpec> {
  const found = steps.find((step) => step.key in spec);
  if (!found) throw new Error("a step is one of the kinds listed");
  return found as unknown as StepDefinition<StepSpec>;
}

/** A step and where it stands. */
interface Placed {
  readonly path: Reference["path"];
  readonly spec: StepSpec;
}

/** Every step of a list, and those inside others. */
function everyStep(specs: readonly StepSpec[], path: Reference["path"]): readonly Placed[] {
  return specs.flatMap((spec, index) => {
    const own = [...path, index];
    const inner = definitionOf(spec).inner?.(spec) ?? [];
    return [
      { path: own, spec },
      ...inner.flatMap((list) =>
        everyStep(list.steps as readonly StepSpec[], [...own, ...list.path]),
      ),
    ];
  });
}

/** The operations that the steps of a list call. */
export function referencesOf(specs: readonly StepSpec[], path: Reference["path"]): Reference[] {
  return everyStep(specs, path).flatMap((step) =>
    below(step.path, definitionOf(step.spec).references?.(step.spec) ?? []),
  );
}

/** What of the instance the steps of a list contend for, and where each says so. */
export function needsOf(specs: readonly StepSpec[], path: Reference["path"]) {
  return everyStep(specs, path).flatMap((step) => {
    const { key, needs } = definitionOf(step.spec);
    return needs === undefined ? [] : [{ path: [...step.path, key], needs }];
  });
}

/** The steps of an operation, ready to run; each has a context for its place in it. */
export function compile(
  specs: readonly StepSpec[],
  operation: string,
  contextOf: (place: string) => StepContext,
): readonly Step[] {
  const list: Step[] = [];
  addAll(specs, operation, " ");
  return list;

  function addAll(some: readonly StepSpec[], place: string, joint: string): void {
    some.forEach((spec, index) => {
      const own = `${place}${joint}${index}`;
      definitionOf(spec).compile(spec, programAt(own), contextOf(own));
    });
  }

  function programAt(place: string): Program {
    return {
      get end() {
        return list.length;
      },
      add: (step) => void list.push(step),
      reserve: () => list.push(UNFILLED) - 1,
      fill: (position, step) => void (list[position] = step),
      addAll: (inner, name) => addAll(inner as readonly StepSpec[], `${place}.${name}`, "."),
    };
  }
}

const UNFILLED: Step = {
  reach() {
    throw new Error("a step that was reserved is filled");
  },
  begin() {},
};
