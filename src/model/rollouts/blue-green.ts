/**
 * Blue-green: a second fleet of the new version beside the old one; when all of it is available the
 * balancers are switched over, and the old one is kept for a while to go back to.
 *
 *     blue serves, green starts -> green serves, blue waits -> blue is gone
 *                                       '- bad: blue serves again, green is gone
 */
import type { Duration } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import type { Fleet, FleetObserver } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import { Course, type Way } from "./course.ts";
import { checkRollBack, minReadyField, rollout, rolloutFields } from "./rollout.ts";

export const blueGreen = rollout({
  kind: "blue-green",
  summary:
    "Starts a second fleet, switches all calls to it at once, and keeps the old one a while.",
  source: "Argo Rollouts documentation, BlueGreen strategy (scaleDownDelaySeconds 30)",
  notes:
    "It takes twice the instances, and a quota must have room for them. The new instances meet the whole load at once and cold. Calls that the old ones have when balancers are switched are finished there.",
  example:
    "rollouts:\n  - { kind: blue-green, of: web, at: 5 min, keep: 5 min, roll-back-if: { error-rate-above: 2 % } }",
  switchesOver: true,
  options: {
    ...rolloutFields,
    "min-ready": minReadyField,
    keep: duration("How long the old instances are kept after the switch.").prefault("30 s"),
  },
  check: checkRollBack,
  extra: (_, desired) => desired,
  create(options, context) {
    new Course(options, context, (course) => new BlueGreen(course, options));
  },
});

interface Settings {
  readonly "min-ready": Duration;
  readonly keep: Duration;
}

class BlueGreen implements Way, FleetObserver {
  readonly plan = "blue-green, a second fleet beside the first";
  private readonly course: Course;
  private readonly settings: Settings;
  private readonly fleet: Fleet;
  /** Which version calls go to, and whether the other one is still being built up -- state. */
  private serving: number;
  private isBuilding = true;
  private isOver = false;
  private isMeeting = false;

  constructor(course: Course, settings: Settings) {
    this.course = course;
    this.settings = settings;
    this.fleet = course.context.fleet;
    this.serving = course.oldVersion;
    this.fleet.watch(this);
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

  /** Both fleets are as large as desired while one is built up; later only the one that serves. */
  meet(reason: string): void {
    if (this.isMeeting) return;
    this.isMeeting = true;
    this.resize(this.serving, reason);
    if (this.isBuilding) this.resize(this.course.context.version, reason);
    this.isMeeting = false;
    if (this.isBuilding && this.isGreenAvailable()) this.switchOver();
  }

  rollBack(): void {
    this.isBuilding = false;
    this.turnTo(this.course.oldVersion);
    this.end(this.course.context.version);
  }

  private switchOver(): void {
    const { version, agenda } = this.course.context;
    this.isBuilding = false;
    this.turnTo(version);
    this.course.note(
      "switched over",
      `${this.fleet.desired} instances of ${this.course.newName} take all calls`,
    );
    this.course.holds = true;
    agenda.after(this.settings.keep, () => {
      if (!this.isOver) this.end(this.course.oldVersion);
    });
  }

  /** Sends calls to one version; first there are more instances, then fewer. */
  private turnTo(version: number): void {
    this.serving = version;
    const all = this.fleet.instances.filter(({ state, leaving }) => state !== "gone" && !leaving);
    for (const each of all) if (each.version === version) this.fleet.rotate(each, true);
    for (const each of all) if (each.version !== version) this.fleet.rotate(each, false);
  }

  /** One version goes for good. */
  private end(version: number): void {
    this.isOver = true;
    for (const each of this.alive(version)) this.fleet.retire(each, "rollout");
    this.course.ended();
  }

  private resize(version: number, reason: string): void {
    const { desired } = this.fleet;
    const withheld = version !== this.serving;
    for (let missing = desired - this.alive(version).length; missing > 0; missing--)
      if (!this.fleet.launch(reason, { version, withheld })) return;
    while (this.alive(version).length > desired)
      this.fleet.retire(this.alive(version).at(-1)!, reason);
  }

  private isGreenAvailable(): boolean {
    const green = this.alive(this.course.context.version);
    const { now } = this.course.context.agenda;
    const minReady = this.settings["min-ready"];
    const available = green.filter(
      ({ state, stateSince }) => state === "ready" && now - stateSince >= minReady,
    );
    return available.length === green.length && green.length >= this.fleet.desired;
  }

  private alive(version: number): Instance[] {
    return this.fleet.instances.filter(
      (each) => each.version === version && each.state !== "gone" && !each.leaving,
    );
  }
}
