/**
 * Instances that wait for others to die: each takes the place of one that has crashed.
 *
 *     crash -> [a spare waits] -> take-over -> ready in its place
 *       '----> repaired -> is a spare itself, and takes over at once where a place is empty
 *
 * From then on callers know of the spare and no longer of the dead one, as where a virtual address
 * moves. One that dies when no spare is left is repaired, and serves again itself.
 */
import { z } from "zod";
import { HOUR, MINUTE, SECOND, type Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import { choice, count, share } from "../schema/fields.ts";
import {
  distributions,
  distributionSchema,
  type DistributionSpec,
} from "../statistics/distributions/index.ts";
import type { Fleet, FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { PartContext } from "./parts/part.ts";

const states = ["hot", "warm", "cold"] as const;
type State = (typeof states)[number];

export const standbySchema = z
  .strictObject({
    instances: count("Spares at the start.", { min: 1, max: 10_000 }).default(1),
    state: choice(
      "Whether spares run and have all that is needed (hot), run and must catch up (warm), or are switched off (cold).",
      states,
    ).default("warm"),
    "take-over": distributionSchema
      .describe(
        "From a crash until the spare serves, with finding out, fencing and starting; unless given 10 to 60 s hot, 1 to 15 min warm and 1 to 4 h cold: ranges to plan with, measure yours.",
      )
      .optional(),
    cost: share(
      "What waiting costs, as a share of the instance's price; by default all of it hot and warm, nothing cold.",
    ).optional(),
  })
  .describe(
    "Spares that take the place of instances that crash. They do not fail while they wait; one that is repaired becomes a spare.",
  );

export type StandbySpec = z.output<typeof standbySchema>;

export class Standby implements FleetObserver {
  private readonly fleet: Fleet;
  private readonly clock: { readonly now: Duration };
  private readonly note: (instance: Instance, reason: string) => void;
  private readonly state: State;
  /** What waiting costs, as a share of an instance's price [0 to 1] -- constant. */
  private readonly cost: number;
  private readonly takeOver: () => Duration;
  /** Waiting [instances] -- state. */
  private spares: number;
  /** Most that have waited at once [instances]. */
  private most: number;
  /** Crashed, and another is in their place, or will be. */
  private readonly superseded = new Set<Instance>();
  /** In whose place those are that are taking over. */
  private readonly takingOver = new Map<Instance, Instance>();
  /** Crashed when no spare was left, the first first. */
  private readonly missed = new Set<Instance>();
  /** Time that is paid for, in the time of a whole instance, up to the last change [ns]. */
  private paid = 0;
  private changedAt: Duration = 0;

  constructor(spec: StandbySpec, fleet: Fleet, { name, world }: PartContext) {
    this.fleet = fleet;
    this.clock = world.kernel;
    this.note = (instance, reason) => {
      const entry = { part: name, instance: instance.name, what: "took over", reason } as const;
      world.journal.note({ plane: "health", ...entry });
    };
    this.state = spec.state;
    this.cost = spec.cost ?? (spec.state === "cold" ? 0 : 1);
    const random = world.stream(name, "take-over");
    const times = make(distributions, spec["take-over"] ?? usual[spec.state], { random });
    this.takeOver = () => times.sample();
    this.spares = spec.instances;
    this.most = spec.instances;
  }

  crashed(instance: Instance): void {
    // One that only hangs is not dead yet, and one that was on its way out leaves no place.
    if (instance.state !== "crashed" || instance.leaving) return;
    if (this.spares > 0) this.fillPlaceOf(instance);
    else this.missed.add(instance);
  }

  ready(instance: Instance): void {
    const dead = this.takingOver.get(instance);
    if (dead === undefined) return;
    this.takingOver.delete(instance);
    this.note(instance, `in place of ${dead.name}`);
    if (dead.state === "crashed") this.fleet.rotate(dead, false);
  }

  restarting(instance: Instance): void {
    this.missed.delete(instance);
  }

  gone(instance: Instance): void {
    this.missed.delete(instance);
    if (!this.superseded.delete(instance)) return;
    this.settle();
    this.spares++;
    this.most = Math.max(this.most, this.spares);
    const [next] = this.missed;
    if (next !== undefined) this.fillPlaceOf(next);
  }

  /** What has been paid for up to now by each spare, in the time of an instance [ns]. */
  paidTimes(): number[] {
    this.settle();
    const { paid, most } = this;
    return paid === 0 ? [] : Array.from({ length: most }, () => paid / most);
  }

  private fillPlaceOf(instance: Instance): void {
    this.settle();
    this.spares--;
    this.missed.delete(instance);
    this.superseded.add(instance);
    const reason = `${this.state} standby in place of ${instance.name}; ${this.spares} left`;
    this.takingOver.set(this.fleet.standIn(instance, this.takeOver(), reason), instance);
  }

  private settle(): void {
    const { now } = this.clock;
    this.paid += (now - this.changedAt) * this.spares * this.cost;
    this.changedAt = now;
  }
}

/** Ranges to plan with, no vendor's figures. */
const usual: Readonly<Record<State, DistributionSpec>> = {
  hot: { kind: "uniform", from: 10 * SECOND, to: MINUTE },
  warm: { kind: "uniform", from: MINUTE, to: 15 * MINUTE },
  cold: { kind: "uniform", from: HOUR, to: 4 * HOUR },
};
