/** How a HorizontalPodAutoscaler may grow and shrink, as users write it. */
import { z } from "zod";
import { SECOND } from "../../kernel/time.ts";
import { choice, count, duration, share } from "../../schema/fields.ts";
import type { Direction, Policy, Tolerance } from "./hpaArithmetic.ts";

const policySchema = z.union([
  z.strictObject({
    percent: count("Change allowed in a period, in percent of the pods.", { min: 1 }),
    period: duration("The period.", { min: SECOND }),
  }),
  z.strictObject({
    pods: count("Change allowed in a period, in pods.", { min: 1 }),
    period: duration("The period.", { min: SECOND }),
  }),
]);

const tolerance = (side: string) =>
  share(`How far ${side} the target the ratio may be; \`tolerance\` unless given.`).optional();

const select = choice("Which policy decides.", ["max", "min", "disabled"]).default("max");

const upSchema = z
  .strictObject({
    window: duration("Over which the lowest recommendation counts.").prefault("0 s"),
    policies: z
      .array(policySchema)
      .min(1)
      .describe("How fast it may grow.")
      .prefault([
        { percent: 100, period: "15 s" },
        { pods: 4, period: "15 s" },
      ]),
    select,
    tolerance: tolerance("above"),
  })
  .describe("How it may grow.");

const downSchema = z
  .strictObject({
    window: duration("Over which the highest recommendation counts.").prefault("300 s"),
    policies: z
      .array(policySchema)
      .min(1)
      .describe("How fast it may shrink.")
      .prefault([{ percent: 100, period: "15 s" }]),
    select,
    tolerance: tolerance("below"),
  })
  .describe("How it may shrink.");

export const behaviourFields = {
  "scale-up": upSchema.prefault({}),
  "scale-down": downSchema.prefault({}),
};

export interface BehaviourSpec {
  readonly "scale-up": z.output<typeof upSchema>;
  readonly "scale-down": z.output<typeof downSchema>;
}

/** A tolerance for both directions, and what either says in its place. */
export function toleranceOf(usual: number, spec: BehaviourSpec): Tolerance {
  const { "scale-up": up, "scale-down": down } = spec;
  return { up: up.tolerance ?? usual, down: down.tolerance ?? usual };
}

/** The same in the words of the arithmetic. */
export function directionOf(spec: BehaviourSpec["scale-up" | "scale-down"]): Direction {
  const { window, policies, select: word } = spec;
  return { window, select: word, policies: policies.map(policyOf) };
}

function policyOf(spec: z.output<typeof policySchema>): Policy {
  const kind = "pods" in spec ? "pods" : "percent";
  return { kind, value: "pods" in spec ? spec.pods : spec.percent, period: spec.period };
}
