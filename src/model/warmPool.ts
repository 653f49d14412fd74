/**
 * Instances that were started ahead and wait beside a fleet: taken out of the pool they serve sooner.
 *
 *     launched -> provisioning, start-up -> in the pool -> taken: only the pool's start-up -> ready
 *                       ^-------- another is prepared -------'
 */
import { z } from "zod";
import type { Duration } from "../kernel/time.ts";
import { choice, count, share } from "../schema/fields.ts";
import { distributionSchema, type Distribution } from "../statistics/distributions/index.ts";
import type { Agenda } from "./agenda.ts";

export const warmPoolSchema = z
  .strictObject({
    size: count("Instances kept in the pool.", { min: 1, max: 10_000 }),
    state: choice(
      "Whether those that wait are stopped, as is usual, or run on. A quota or a shortage refuses one that was stopped like a new one.",
      ["stopped", "running"],
    ).default("stopped"),
    "start-up": distributionSchema
      .describe("From taking one out of the pool to its first call; measure yours.")
      .prefault("10 s"),
    cost: share(
      "What waiting costs, as a share of the instance's price: the disks of one that is stopped; by default nothing for a stopped one and all of it for a running one.",
    ).optional(),
  })
  .describe(
    "Instances prepared ahead (EC2 Auto Scaling warm pools): one that is needed comes from here while there are any, and the pool is filled again.",
  );

export type WarmPoolSpec = z.output<typeof warmPoolSchema>;

export interface WarmPoolOptions {
  /** Instances kept [instances]. */
  readonly size: number;
  /** Whether those that wait run; else they are stopped. */
  readonly running: boolean;
  readonly startUp: Distribution;
  /** What waiting costs, as a share of an instance's price [0 to 1]. */
  readonly cost: number;
  /** Preparing one, from the request for a machine until it waits [ns]. */
  readonly prepare: () => Duration;
}

export class WarmPool {
  readonly options: WarmPoolOptions;
  private readonly agenda: Agenda;
  /** Prepared and waiting; being prepared [instances] -- state. */
  private waiting = 0;
  private preparing = 0;
  /** Time that is paid for, in the time of a whole instance, up to the last change [ns]. */
  private paid = 0;
  private changedAt: Duration = 0;

  constructor(options: WarmPoolOptions, agenda: Agenda) {
    this.options = options;
    this.agenda = agenda;
  }

  /** At the start of a run the pool is full. */
  open(): void {
    this.waiting = this.options.size;
  }

  /** Takes one out of those that wait, and has another prepared. */
  take(): void {
    this.settle();
    this.waiting--;
    this.preparing++;
    this.agenda.after(this.options.prepare(), () => {
      this.settle();
      this.preparing--;
      this.waiting++;
    });
  }

  /** Instances that wait [instances]. */
  get size(): number {
    return this.waiting;
  }

  /** What has been paid for up to now by each place in the pool, in the time of an instance [ns]. */
  paidTimes(): number[] {
    this.settle();
    const { size } = this.options;
    return this.paid === 0 ? [] : Array.from({ length: size }, () => this.paid / size);
  }

  private settle(): void {
    const elapsed = this.agenda.now - this.changedAt;
    this.changedAt = this.agenda.now;
    this.paid += elapsed * (this.preparing + this.waiting * this.options.cost);
  }
}
