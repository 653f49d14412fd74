/**
 * A canary: the new version on a few instances first, then on more, step by step; all the way back as
 * soon as its calls are measured to be bad.
 */
import { z } from "zod";
import { count, duration, share } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import type { Duration } from "../../kernel/time.ts";
import { Course, type Way } from "./course.ts";
import { everyone, partOf, Replacement, slackOf, type Pace } from "./replacement.ts";
import { checkRollBack, paceFields, rollout, rolloutFields } from "./rollout.ts";

const stepSchema = z
  .strictObject({
    weight: share("Share of the instances that get the new version, rounded up.", {
      min: 0.0001,
    }).optional(),
    instances: count("The same as a number, in its place.", { min: 1 }).optional(),
    for: duration("How long it stays so, once they are available."),
  })
  .describe("How many instances have the new version, and for how long.");

type StepSpec = z.output<typeof stepSchema>;

export const canary = rollout({
  kind: "canary",
  summary: "Gives the new version to a few instances, waits, then to more, and at last to all.",
  source:
    "Argo Rollouts documentation, canary strategy without a traffic router: weights are shares of the instances",
  notes:
    "The share of the calls that the new version gets is what balancers give its instances; traffic-canary gives it a share of the calls itself. Each step is reached like a rolling update, and so is the way back.",
  example:
    "rollouts:\n  - kind: canary\n    of: web\n    at: 5 min\n    version: { error-rate: 8 % }\n    steps: [{ weight: 10 %, for: 5 min }, { weight: 50 %, for: 5 min }]\n    roll-back-if: { error-rate-above: 2 % }",
  options: {
    ...rolloutFields,
    steps: z.array(stepSchema).min(1).describe("The steps before all instances get it."),
    ...paceFields,
  },
  extra: (options, desired) => slackOf(options, desired).surge,
  check: (options) => [...checkRollBack(options), ...options.steps.flatMap(checkStep)],
  create(options, context) {
    new Course(options, context, (course) => proceed(course, options));
  },
});

function checkStep({ weight, instances }: StepSpec, index: number): Issue[] {
  if ((weight === undefined) !== (instances === undefined)) return [];
  return [{ path: ["steps", index], message: "a step has either a `weight` or `instances`" }];
}

interface Stage {
  readonly goal: (desired: number) => number;
  /** How long it stays so [ns]; null for the last, when all have it. */
  readonly pause: Duration | null;
}

function proceed(course: Course, options: Pace & { readonly steps: readonly StepSpec[] }): Way {
  const { fleet, agenda, version } = course.context;
  const old = course.oldVersion;
  const stages = [...options.steps.map(stageOf), { goal: everyone, pause: null }];
  let at = 0;
  let isGoingBack = false;
  const replacement = new Replacement(
    options,
    { from: old, to: version, goal: stages[0]!.goal },
    { fleet, agenda, progressed: () => course.progressed(), reached },
  );
  return {
    plan: `canary in ${stages.length} steps`,
    meet: (reason) => replacement.meet(reason),
    rollBack() {
      isGoingBack = true;
      course.holds = false;
      replacement.aimAt({ from: version, to: old, goal: everyone });
    },
  };

  function reached(): void {
    const { pause } = stages[at]!;
    if (isGoingBack || pause === null) {
      replacement.stop();
      return course.ended();
    }
    course.holds = true;
    agenda.after(pause, next);
  }

  function next(): void {
    if (isGoingBack) return;
    course.holds = false;
    const { goal } = stages[++at]!;
    const share = `${Math.min(fleet.desired, goal(fleet.desired))} of ${fleet.desired} instances`;
    course.note(
      "rollout step",
      `step ${at + 1} of ${stages.length}: ${course.newName} on ${share}`,
    );
    replacement.aimAt({ from: old, to: version, goal });
  }
}

function stageOf({ weight, instances, for: pause }: StepSpec): Stage {
  if (instances !== undefined) return { goal: () => instances, pause };
  return { goal: (desired) => Math.ceil(partOf(desired, weight!)), pause };
}
