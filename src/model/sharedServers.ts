/**
 * Processor sharing: all calls at once, each on a server of its own while there are enough, and on an
 * equal share of them when there are not.
 *
 * All calls present work at the same speed, so one number, the work each has had since the servers
 * were last idle, is a clock for all of them: a call is done when that clock has moved on by its
 * work. Whoever comes or goes changes the speed of the clock, not the order of the ends, and one
 * event at the next end is enough, however many share.
 */
import type { ExactSum } from "../kernel/exactSum.ts";
import { NO_EVENT, type EventKind, type Kernel } from "../kernel/kernel.ts";
import { wholeTicks, type Duration } from "../kernel/time.ts";
import type { Calls } from "./calls.ts";
import { CallHeap } from "./disciplines/heap.ts";
import { InUse } from "./inUse.ts";
import type { Resource } from "./resource.ts";

export class SharedServers implements Resource {
  readonly servers: number;
  /** Calls at work, by the work each will have had when it is done [ns at normal speed]. */
  private readonly sharing: CallHeap;
  /** Work each call has had since the servers were last idle [ns at normal speed] -- state. */
  private progress = 0;
  /** Up to when `progress` is known [ns]; in the future during a pause. */
  private knownAt: Duration = 0;
  private slowness = 1;
  /** The event of the next end. */
  private event = NO_EVENT;
  private readonly inUse: InUse;
  private readonly kernel: Kernel;
  private readonly calls: Calls;
  private readonly due: EventKind;
  private readonly station: number;
  private readonly number: number;

  /** @param due ends the work of whoever is next, at a station, at the resource of this number. */
  constructor(
    { kernel, calls }: { kernel: Kernel; calls: Calls },
    due: EventKind,
    station: number,
    number: number,
    servers: number,
  ) {
    this.kernel = kernel;
    this.calls = calls;
    this.due = due;
    this.station = station;
    this.number = number;
    this.servers = servers;
    this.sharing = new CallHeap(calls);
    this.inUse = new InUse(kernel);
  }

  take(call: number): void {
    this.settle();
    if (this.sharing.length === 0) this.progress = 0;
    this.sharing.push(call, this.progress + this.calls.work(call));
    this.plan();
  }

  /** The event has come: the call whose work is done. */
  next(): number {
    this.event = NO_EVENT;
    this.settle();
    // Events are due at whole nanoseconds; the clock must not be behind whom it lets go.
    this.progress = Math.max(this.progress, this.sharing.leastKey);
    const call = this.sharing.shift();
    this.plan();
    return call;
  }

  addUsedTime(total: ExactSum): void {
    this.inUse.addTime(total);
  }

  pace(slowness: number): void {
    this.settle();
    this.slowness = slowness;
    this.plan();
  }

  pause(until: Duration): void {
    this.settle();
    this.knownAt = until;
    this.plan();
  }

  clear(): void {
    while (this.sharing.length > 0) this.sharing.shift();
    this.knownAt = this.kernel.now;
    this.plan();
  }

  /** Work each call has in a nanosecond [ns at normal speed]. */
  private get speed(): number {
    const { length } = this.sharing;
    return (length <= this.servers ? 1 : this.servers / length) / this.slowness;
  }

  /** Brings `progress` up to now. */
  private settle(): void {
    const elapsed = this.kernel.now - this.knownAt;
    if (elapsed <= 0) return;
    this.progress += elapsed * this.speed;
    this.knownAt += elapsed;
  }

  /** Schedules the next end, after `settle` and a change. */
  private plan(): void {
    const { kernel, sharing } = this;
    if (this.event !== NO_EVENT) kernel.cancel(this.event);
    this.event = NO_EVENT;
    this.inUse.set(Math.min(sharing.length, this.servers));
    if (sharing.length === 0) return;
    const rest = Math.max(0, sharing.leastKey - this.progress) / this.speed;
    const delay = wholeTicks(this.knownAt - kernel.now + rest);
    this.event = kernel.handle(this.due.start(delay, this.station, this.number));
  }
}
