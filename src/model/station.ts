/**
 * One instance at work: slots in front of which calls queue, and cores that cpu steps take.
 *
 *     calls -> [ queue | | | ] -> ( slots )   work, cpu and calls happen inside a slot
 */
import type { Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import type { Queue } from "./disciplines/discipline.ts";
import type { Instance } from "./instance.ts";

export class Station {
  readonly instance: Instance;
  /** Calls it can work on at once [calls] -- constant. */
  readonly slots: number;
  /** Calls that wait for a slot -- state. */
  readonly queue: Queue;
  /** Calls that wait for a core, first come, first served -- state. */
  readonly coreQueue: Queue;
  /** Slots in use [calls] -- state, at most `slots`. */
  busy = 0;
  /** Cores not in use [cores] -- state. */
  freeCores: number;
  /** Calls at the instance in any way: queued, in a slot, or waiting for others without one [calls]. */
  present = 0;
  /** Calls a silent instance has swallowed; they resolve when it is heard of again. */
  readonly swallowed: number[] = [];
  /** A release is being handled; what it frees is given out by the loop that is already running. */
  handingOut = false;
  /** Slot-time and core-time in use so far [slot ns], [core ns]. */
  private busyArea = 0;
  private coreArea = 0;
  private busyCores = 0;
  private changedAt: Duration;
  private readonly clock: Kernel;

  constructor(
    instance: Instance,
    slots: number,
    cores: number,
    queues: { readonly slots: Queue; readonly cores: Queue },
    clock: Kernel,
  ) {
    this.instance = instance;
    this.slots = slots;
    this.freeCores = cores;
    this.queue = queues.slots;
    this.coreQueue = queues.cores;
    this.clock = clock;
    this.changedAt = clock.now;
  }

  /** Takes a slot. */
  occupy(): void {
    this.settle();
    this.busy++;
  }

  /** Gives a slot back. */
  vacate(): void {
    this.settle();
    this.busy--;
  }

  takeCore(): void {
    this.settle();
    this.freeCores--;
    this.busyCores++;
  }

  giveCore(): void {
    this.settle();
    this.freeCores++;
    this.busyCores--;
  }

  /** Nothing is at work here any more: the instance died. */
  clear(): void {
    this.settle();
    this.freeCores += this.busyCores;
    this.busyCores = 0;
    this.busy = 0;
  }

  /** Slot-time in use up to now [slot ns]. */
  busyTime(): number {
    this.settle();
    return this.busyArea;
  }

  /** Core-time in use up to now [core ns]. */
  coreTime(): number {
    this.settle();
    return this.coreArea;
  }

  private settle(): void {
    const { now } = this.clock;
    const elapsed = now - this.changedAt;
    this.changedAt = now;
    this.busyArea += this.busy * elapsed;
    this.coreArea += this.busyCores * elapsed;
  }
}
