/**
 * The one instance of a database that takes writes, and how another becomes it.
 *
 *     death ---- lease runs out ---- promotion ---- a replica is the primary
 *       '- writes go to the dead one -'- refused: nobody is -'
 *
 * Whoever is given up is a replica when it is back. What the old primary had acknowledged and its
 * replicas did not have yet is lost.
 */
import { z } from "zod";
import type { Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import { choice, duration } from "../schema/fields.ts";
import { LeaseCheck } from "./detectors/leaseCheck.ts";
import { failovers, failoverSchema } from "./failovers/index.ts";
import type { Failover } from "./failovers/failover.ts";
import { seconds, type Fleet, type FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { PartContext } from "./parts/part.ts";
import type { World } from "./world.ts";

export const primarySchema = z
  .strictObject({
    failover: failoverSchema.describe("How a dead primary is found out and followed.").prefault({
      kind: "lease",
    }),
    reads: choice("Who answers reads; the primary too where there is no replica.", [
      "any",
      "replicas",
      "primary",
    ]).default("any"),
    lag: duration(
      "How far replicas are behind: writes acknowledged so shortly before the primary dies are lost. None with synchronous replication.",
    ).prefault("0 s"),
  })
  .describe(
    "One instance takes the writes, the others follow it. Without it all instances are alike.",
  );

export type PrimarySpec = z.output<typeof primarySchema>;

export class Primary implements FleetObserver {
  /** Who takes writes; null while nobody does -- state. */
  private holder: Instance | null = null;
  /** Whether the next instance that is ready is the primary -- state. */
  private isVacant = true;
  /** When the holder died [ns]; null while it lives. */
  private diedAt: Duration | null = null;
  /** When writes were acknowledged that replicas may not have yet [ns], from `head` on. */
  private acknowledged: Duration[] = [];
  private head = 0;
  private readonly spec: PrimarySpec;
  private readonly fleet: Fleet;
  private readonly world: World;
  private readonly part: string;
  private readonly failover: Failover;
  private readonly lease: LeaseCheck;
  /** Number of the operation that writes -- constant. */
  private readonly writing: number;

  constructor(spec: PrimarySpec, fleet: Fleet, writing: number, { name, world }: PartContext) {
    this.spec = spec;
    this.fleet = fleet;
    this.world = world;
    this.part = name;
    this.writing = writing;
    this.failover = make(failovers, spec.failover, { random: world.stream(name, "failover") });
    this.lease = new LeaseCheck(this.failover.lease, world.agenda);
    fleet.watch(this);
  }

  /** Whether only the primary may have a call. */
  claims(call: number): boolean {
    return this.spec.reads === "primary" || this.isWrite(call);
  }

  /** Whom a read passes over if it can. */
  get spared(): Instance | null {
    return this.spec.reads === "replicas" ? this.holder : null;
  }

  /** Who takes writes; null while nobody does. */
  get instance(): Instance | null {
    return this.holder;
  }

  /** A call was answered as it should be. */
  answered(call: number): void {
    const { lag } = this.spec;
    if (lag === 0 || !this.isWrite(call)) return;
    const { acknowledged } = this;
    const { now } = this.world.kernel;
    acknowledged.push(now);
    while (acknowledged[this.head]! <= now - lag) this.head++;
    if (this.head < 1024 || this.head * 2 < acknowledged.length) return;
    acknowledged.splice(0, this.head);
    this.head = 0;
  }

  ready(instance: Instance): void {
    if (instance === this.holder) this.diedAt = null;
    else if (this.isVacant) this.promote(instance, "the first there is");
  }

  crashed(instance: Instance): void {
    // One that hangs may go on renewing its lease.
    const isDead = instance.state === "crashed";
    if (isDead && instance === this.holder) this.diedAt = this.world.kernel.now;
  }

  draining(instance: Instance): void {
    this.leave(instance);
  }

  gone(instance: Instance): void {
    this.leave(instance);
  }

  /** One that leaves in order hands over at once, and nothing is lost. */
  private leave(instance: Instance): void {
    if (instance !== this.holder) return;
    if (this.diedAt !== null) return this.giveUp(instance, "it is gone");
    this.depose(instance);
    this.elect(instance);
  }

  private giveUp(instance: Instance, reason: string): void {
    const replicas = this.candidates(instance).length;
    const wait = this.failover.promotion(replicas);
    this.note(instance, "primary given up", `${reason}; a replica follows in ${seconds(wait)}`);
    const lost = this.writesLost();
    this.depose(instance);
    this.world.agenda.after(wait, () => this.elect(instance, lost));
  }

  private depose(instance: Instance): void {
    this.lease.forget(instance);
    this.holder = null;
  }

  /** The replica that has been ready longest; the one before only if there is no other. */
  private elect(before: Instance, lost = 0): void {
    const [best = before] = this.candidates(before);
    const reason = `in place of ${before.name}; ${lost} acknowledged writes are lost`;
    if (best.answers && best.state === "ready") this.promote(best, reason);
    else this.isVacant = true;
  }

  private candidates(before: Instance): Instance[] {
    const able = this.fleet.ready().filter((each) => each.answers && each !== before);
    return able.sort((one, other) => one.stateSince - other.stateSince || one.id - other.id);
  }

  private promote(instance: Instance, reason: string): void {
    this.holder = instance;
    this.isVacant = false;
    this.diedAt = null;
    this.acknowledged = [];
    this.head = 0;
    if (this.world.kernel.now > 0) this.note(instance, "promoted", reason);
    this.lease.watch(instance, (up, finding) => {
      if (!up) this.giveUp(instance, finding);
    });
  }

  /** Acknowledged, and not with the replicas when the primary died or is given up. */
  private writesLost(): number {
    const end = this.diedAt ?? this.world.kernel.now;
    return this.acknowledged.filter((at) => at > end - this.spec.lag && at <= end).length;
  }

  private isWrite(call: number): boolean {
    return this.world.calls.operation(call) === this.writing;
  }

  private note(instance: Instance, what: string, reason: string): void {
    const { part, world } = this;
    world.journal.note({ plane: "health", part, instance: instance.name, what, reason });
  }
}
