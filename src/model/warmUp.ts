/**
 * The warm-up of an instance that has just started: cold code and cold caches make its work take
 * longer at first.
 *
 *     factor |\                 linear: in a straight line down to 1
 *            | \__
 *          1 |____\___________  exponential: 1 % of what is too much is left after the time
 *            0    time
 *
 * The curve is followed in a hundred steps, each at the height of its middle.
 */
import { z } from "zod";
import { power } from "../kernel/mathematics.ts";
import type { Duration } from "../kernel/time.ts";
import { choice, duration, factor } from "../schema/fields.ts";
import type { Agenda } from "./agenda.ts";
import type { Fleet, FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";

export const warmUpSchema = z
  .strictObject({
    factor: factor("How many times as long work takes at first.", { min: 1, max: 1000 }),
    time: duration("How long it takes to be warm.", { min: 1 }),
    shape: choice("How the factor falls to 1.", ["linear", "exponential"]).default("linear"),
  })
  .describe(
    "How instances that start during the run, or start again, are slow at first: a virtual machine that has not compiled its code yet, caches that are empty.",
  );

type WarmUpSpec = z.output<typeof warmUpSchema>;

const STEPS = 100;

export class WarmUp implements FleetObserver {
  private readonly spec: WarmUpSpec;
  private readonly fleet: Fleet;
  private readonly agenda: Agenda;

  constructor(spec: WarmUpSpec, fleet: Fleet, agenda: Agenda) {
    this.spec = spec;
    this.fleet = fleet;
    this.agenda = agenda;
    fleet.watch(this);
  }

  /** Instances that are there from the beginning have been at work before. */
  ready(instance: Instance): void {
    if (instance.life > 0) this.step(instance, instance.life, 0, 1);
  }

  /** One stretch of the curve; `before` is the factor of the last one. */
  private step(instance: Instance, life: number, step: number, before: number): void {
    if (instance.life !== life || !instance.serving) return;
    const factorNow = step < STEPS ? this.factorAt((step + 0.5) / STEPS) : 1;
    this.fleet.slow(instance, (instance.slowness * factorNow) / before);
    if (step === STEPS) return;
    const length: Duration = this.spec.time / STEPS;
    this.agenda.after(length, () => this.step(instance, life, step + 1, factorNow));
  }

  /** At a share of the warm-up time. */
  private factorAt(share: number): number {
    const excess = this.spec.factor - 1;
    return 1 + excess * (this.spec.shape === "linear" ? 1 - share : power(0.01, share));
  }
}
