/**
 * A canary behind a traffic router: the new version runs beside the old one, which keeps all its
 * instances, and gets a share of the calls; back to none as soon as its calls are measured to be bad.
 */
import { z } from "zod";
import type { Duration } from "../../kernel/time.ts";
import { count, duration, share } from "../../schema/fields.ts";
import type { Fleet, FleetObserver } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import { Course, type Way } from "./course.ts";
import { partOf } from "./replacement.ts";
import { checkRollBack, minReadyField, rollout, rolloutFields } from "./rollout.ts";
import { TrafficSplit } from "./trafficSplit.ts";

const stepSchema = z
  .strictObject({
    weight: share("Share of the calls that the new version gets: setWeight."),
    instances: count(
      "Instances of it: setCanaryScale. Unless given, the same share of the desired number, rounded up.",
      { min: 1 },
    ).optional(),
    for: duration("How long it stays so, once they are available: pause."),
  })
  .describe("How many calls the new version gets, and for how long.");

type StepSpec = z.output<typeof stepSchema>;

export const trafficCanary = rollout({
  kind: "traffic-canary",
  summary:
    "Gives the new version a share of the calls, whatever its number of instances, then more, and at last all.",
  source:
    "Argo Rollouts documentation, canary strategy with traffic management (setWeight, setCanaryScale, scaleDownDelaySeconds, abortScaleDownDelaySeconds); argoproj/argo-rollouts, utils/replicaset/canary.go",
  notes:
    "The side is drawn for every call, as a mesh or an ingress does; within it the balancer's choices that fall on the other side are drawn again. The old version keeps all its instances until the new one has every call. Flagger's analysis is `windows` of `roll-back-if`, and its canary has as many `instances` as the old version.",
  example:
    "rollouts:\n  - kind: traffic-canary\n    of: web\n    at: 5 min\n    version: { error-rate: 8 % }\n    steps: [{ weight: 5 %, for: 5 min }, { weight: 50 %, for: 5 min }]\n    roll-back-if: { error-rate-above: 2 % }",
  switchesOver: true,
  options: {
    ...rolloutFields,
    steps: z.array(stepSchema).min(1).describe("The steps before it gets all calls."),
    "min-ready": minReadyField,
    keep: duration(
      "How long the old instances are kept once the new ones have all calls.",
    ).prefault("30 s"),
    "keep-bad": duration("How long the new ones are kept when they have been given up.").prefault(
      "30 s",
    ),
  },
  check: checkRollBack,
  extra: (_, desired) => desired,
  create(options, context) {
    new Course(options, context, (course) => new TrafficCanary(course, options));
  },
});

interface Settings {
  readonly steps: readonly StepSpec[];
  readonly "min-ready": Duration;
  readonly keep: Duration;
  readonly "keep-bad": Duration;
}

class TrafficCanary implements Way, FleetObserver {
  readonly plan: string;
  private readonly course: Course;
  private readonly settings: Settings;
  private readonly fleet: Fleet;
  private readonly split: TrafficSplit;
  /** The step it is at; as many as there are when all calls go to the new version -- state. */
  private at = 0;
  /** Whether the instances of the step are not all available yet -- state. */
  private isBuilding = true;
  private isGoingBack = false;
  private isOver = false;
  private isMeeting = false;

  constructor(course: Course, settings: Settings) {
    const { fleet, version, split } = course.context;
    this.plan = `canary by share of calls in ${settings.steps.length + 1} steps`;
    this.course = course;
    this.settings = settings;
    this.fleet = fleet;
    this.split = new TrafficSplit(version, fleet.instances, split);
    fleet.split = this.split;
    fleet.watch(this);
  }

  ready(instance: Instance): void {
    const { life } = instance;
    this.course.context.agenda.after(this.settings["min-ready"], () => {
      if (instance.life !== life || instance.state !== "ready" || this.isOver) return;
      this.course.progressed();
      this.meet("rollout");
    });
  }

  gone(): void {
    if (!this.isOver) this.meet("rollout");
  }

  /** The old version stays as large as desired, the new one is as large as its step says. */
  meet(reason: string): void {
    if (this.isMeeting || this.isOver) return;
    this.isMeeting = true;
    this.resize(this.course.oldVersion, this.fleet.desired, reason);
    if (!this.isGoingBack) this.resize(this.course.context.version, this.goal, reason);
    this.isMeeting = false;
    if (this.isBuilding && !this.isGoingBack && this.isAvailable()) this.begin();
  }

  rollBack(): void {
    this.isGoingBack = true;
    this.course.holds = false;
    this.split.weight = 0;
    this.endAfter(this.settings["keep-bad"], this.course.context.version);
  }

  /** Instances of the new version that the step asks for [instances]. */
  private get goal(): number {
    const { desired } = this.fleet;
    const step = this.settings.steps[this.at];
    if (step === undefined) return desired;
    return step.instances ?? Math.ceil(partOf(desired, step.weight));
  }

  /** The instances of a step are there: the calls are theirs. */
  private begin(): void {
    const { course, settings } = this;
    const step = settings.steps[this.at];
    this.isBuilding = false;
    this.split.weight = step?.weight ?? 1;
    course.note(
      "rollout step",
      `step ${this.at + 1} of ${settings.steps.length + 1}: ${Math.floor(this.split.weight * 1000 + 0.5) / 10} % of the calls to ${course.newName} on ${this.goal} instances`,
    );
    course.holds = true;
    if (step === undefined) return this.endAfter(settings.keep, course.oldVersion);
    course.context.agenda.after(step.for, () => {
      if (this.isGoingBack) return;
      course.holds = false;
      course.progressed();
      this.at++;
      this.isBuilding = true;
      this.meet("rollout");
    });
  }

  /** One version goes for good, unless the other one has to go before that. */
  private endAfter(delay: Duration, version: number): void {
    const { isGoingBack } = this;
    this.course.context.agenda.after(delay, () => {
      if (this.isOver || this.isGoingBack !== isGoingBack) return;
      this.isOver = true;
      for (const each of this.alive(version)) this.fleet.retire(each, "rollout");
      this.fleet.split = null;
      this.course.ended();
    });
  }

  private resize(version: number, wanted: number, reason: string): void {
    for (let missing = wanted - this.alive(version).length; missing > 0; missing--)
      if (!this.fleet.launch(reason, { version })) return;
    while (this.alive(version).length > wanted)
      this.fleet.retire(this.alive(version).at(-1)!, reason);
  }

  private isAvailable(): boolean {
    const { now } = this.course.context.agenda;
    const canaries = this.alive(this.course.context.version);
    const available = canaries.filter(
      ({ state, stateSince }) =>
        state === "ready" && now - stateSince >= this.settings["min-ready"],
    );
    return available.length === canaries.length && canaries.length >= this.goal;
  }

  private alive(version: number): Instance[] {
    return this.fleet.instances.filter(
      (each) => each.version === version && each.state !== "gone" && !each.leaving,
    );
  }
}
