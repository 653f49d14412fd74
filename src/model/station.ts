/**
 * One instance at work: slots in front of which calls queue, and what they contend for in a slot.
 *
 *     calls -> [ queue | | | ] -> ( slots )   work, resources and calls happen inside a slot
 */
import { ExactSum } from "../kernel/exactSum.ts";
import type { EventKind, Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { NONE, type Calls } from "./calls.ts";
import type { Queue } from "./disciplines/discipline.ts";
import { FcfsServers } from "./fcfsServers.ts";
import type { Instance } from "./instance.ts";
import { resourceNames, type Resource, type ResourceName, type Sharing } from "./resource.ts";
import type { Shape } from "./shape.ts";
import { SharedServers } from "./sharedServers.ts";
import { WorkInProgress } from "./workInProgress.ts";

/** How stations of a service are built. */
export interface StationPlan {
  /** Calls one works on at once [calls]. */
  readonly slots: number;
  /** A fresh queue of the discipline. */
  queue(): Queue;
  readonly resources: readonly ResourcePlan[];
  /** Whether work in progress may be held up or interrupted, for which it must be known. */
  interruptible: boolean;
}

export interface ResourcePlan {
  readonly name: ResourceName;
  readonly servers: number;
  readonly sharing: Sharing;
}

/** What tells the service that work is done. */
export interface StationEvents {
  /** Plain work that may be interrupted: the call. */
  readonly worked: EventKind;
  /** Work on a server of its own: the call, the number of the resource. */
  readonly served: EventKind;
  /** Work on shared servers: the station, the number of the resource. */
  readonly shared: EventKind;
}

export class Station {
  readonly instance: Instance;
  /** Calls it can work on at once [calls] -- state; fewer than planned while capacity is lost. */
  slots: number;
  /** Calls that wait for a slot -- state. */
  readonly queue: Queue;
  /** By the number of the resource; null where the service has none. */
  readonly resources: readonly (Resource | null)[];
  /** Plain work under way, where it may be held up or interrupted; null elsewhere. */
  readonly atWork: WorkInProgress | null;
  /** Slots in use [calls] -- state, at most `slots`. */
  busy = 0;
  /** Memory its calls hold [bytes] -- state. */
  held = 0;
  /** Calls at the instance in any way: queued, in a slot, or waiting for others without one [calls]. */
  present = 0;
  /** Calls that have come so far [calls]. */
  arrived = 0;
  /** Calls a silent instance has swallowed; they resolve when it is heard of again. */
  readonly swallowed: number[] = [];
  /** A release is being handled; what it frees is given out by the loop that is already running. */
  handingOut = false;
  /**
   * Slot-time in use so far, less what `busy` slots would have used since the start of the run
   * [slot ns]: one number to change when a slot is taken or given back, and none as time goes by.
   */
  private readonly settled = new ExactSum();
  private readonly clock: Kernel;

  constructor(
    instance: Instance,
    usual: StationPlan,
    events: StationEvents,
    table: { readonly kernel: Kernel; readonly calls: Calls },
  ) {
    const plan = instance.shape === null ? usual : reshaped(usual, instance.shape);
    this.instance = instance;
    this.slots = plan.slots;
    this.queue = plan.queue();
    this.clock = table.kernel;
    this.atWork = plan.interruptible
      ? new WorkInProgress(table.kernel, table.calls, events.worked)
      : null;
    this.resources = resourceNames.map((name, number) => {
      const wanted = plan.resources.find((resource) => resource.name === name);
      if (!wanted) return null;
      const { servers } = wanted;
      return wanted.sharing === "fcfs"
        ? new FcfsServers(table, events.served, number, servers)
        : new SharedServers(table, events.shared, instance.id, number, servers);
    });
  }

  /** Takes a slot. */
  occupy(): void {
    this.settled.add(-this.clock.now);
    this.busy++;
  }

  /** Gives a slot back. */
  vacate(): void {
    this.settled.add(this.clock.now);
    this.busy--;
  }

  /** Its computing takes so many times as long from now on; disk and network are not slowed. */
  pace(slowness: number): void {
    this.atWork?.pace(slowness);
    this.resources[CPU]?.pace(slowness);
  }

  /** Nothing is computed until an instant [ns]; disk and network go on. */
  pause(until: Duration): void {
    this.atWork?.pause(until);
    this.resources[CPU]?.pause(until);
  }

  /** Nothing is at work here any more: the instance died. */
  clear(): void {
    this.settled.addProduct(this.busy, this.clock.now);
    this.busy = 0;
    this.held = 0;
    empty(this.queue);
    if (this.queue.expelled !== null) empty(this.queue.expelled);
    this.atWork?.clear();
    for (const resource of this.resources) resource?.clear();
  }

  /** Slot-time in use up to now [slot ns]. */
  busyTime(): number {
    return this.addBusyTime(new ExactSum()).value;
  }
  addBusyTime(total: ExactSum): ExactSum {
    total.addSum(this.settled);
    total.addProduct(this.busy, this.clock.now);
    return total;
  }

  /** How many servers of a resource it has [servers]. */
  serversOf(resource: ResourceName): number {
    return this.resources[resourceNames.indexOf(resource)]?.servers ?? 0;
  }

  /** Time in use of the servers of a resource up to now [server ns]. */
  usedTime(resource: ResourceName): number {
    return this.addUsedTime(resource, new ExactSum()).value;
  }
  addUsedTime(resource: ResourceName, total: ExactSum): ExactSum {
    this.resources[resourceNames.indexOf(resource)]?.addUsedTime(total);
    return total;
  }
}

function empty(queue: Queue): void {
  while (queue.shift() !== NONE);
}

/** The plan of an instance that has other cores and slots than its fleet began with. */
function reshaped(plan: StationPlan, { cores, slots }: Shape): StationPlan {
  const resources = plan.resources.map((resource) =>
    resource.name === "cpu" ? { ...resource, servers: cores } : resource,
  );
  return { ...plan, slots, resources };
}

const CPU = resourceNames.indexOf("cpu");
