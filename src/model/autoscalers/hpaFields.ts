/** How a HorizontalPodAutoscaler may grow and shrink, as users write it. */
import { z } from "zod";
import { SECOND } from "../../kernel/time.ts";
import { choice, count, duration, share } from "../../schema/fields.ts";
import type { Tolerance } from "./hpaArithmetic.ts";
import { Behaviour, WithoutBehaviour, type Direction, type Pace, type Policy } from "./hpaPace.ts";

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
  "scale-up": upSchema.optional(),
  "scale-down": downSchema.optional(),
};

/** What the notes of those who have these fields say about them. */
export const behaviourNotes =
  "Without `scale-up` and `scale-down` it does as the product does without `behavior`: at each sync the most that was recommended in the last 5 min, but no more than max(2 × pods, 4). With either of them the policies count, and what is not said has its default.";

export interface BehaviourSpec {
  readonly "scale-up"?: z.output<typeof upSchema> | undefined;
  readonly "scale-down"?: z.output<typeof downSchema> | undefined;
}

/** A tolerance for both directions, and what either says in its place. */
export function toleranceOf(usual: number, spec: BehaviourSpec): Tolerance {
  const { "scale-up": up, "scale-down": down } = spec;
  return { up: up?.tolerance ?? usual, down: down?.tolerance ?? usual };
}

/** How fast it goes: once a direction is declared, defaults fill in what is not, of both. */
export function paceOf({ "scale-up": up, "scale-down": down }: BehaviourSpec): Pace {
  if (up === undefined && down === undefined) return new WithoutBehaviour(STABILISATION);
  const [growing, shrinking] = [up ?? upSchema.parse({}), down ?? downSchema.parse({})];
  return new Behaviour(directionOf(growing), directionOf(shrinking));
}

/** The controller's --horizontal-pod-autoscaler-downscale-stabilization, and the default of a window [ns]. */
const STABILISATION = 300 * SECOND;

function directionOf(spec: z.output<typeof upSchema> | z.output<typeof downSchema>): Direction {
  const { window, policies, select: word } = spec;
  return { window, select: word, policies: policies.map(policyOf) };
}

function policyOf(spec: z.output<typeof policySchema>): Policy {
  const kind = "pods" in spec ? "pods" : "percent";
  return { kind, value: "pods" in spec ? spec.pods : spec.percent, period: spec.period };
}
