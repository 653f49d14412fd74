/** Servers that take one call each, first come, first served. */
import type { ExactSum } from "../kernel/exactSum.ts";
import type { EventKind, Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { NONE, type Calls } from "./calls.ts";
import { Chain } from "./disciplines/chain.ts";
import { InUse } from "./inUse.ts";
import type { Resource } from "./resource.ts";
import { WorkInProgress } from "./workInProgress.ts";

export class FcfsServers implements Resource {
  readonly servers: number;
  private readonly waiting: Chain;
  private readonly inService: WorkInProgress;
  private readonly inUse: InUse;

  /** @param done ends the work of a call at the resource of this number. */
  constructor(
    { kernel, calls }: { kernel: Kernel; calls: Calls },
    done: EventKind,
    number: number,
    servers: number,
  ) {
    this.servers = servers;
    this.waiting = new Chain(calls);
    this.inUse = new InUse(kernel);
    this.inService = new WorkInProgress(kernel, calls, done, number);
  }

  take(call: number): void {
    if (this.inUse.count === this.servers) return this.waiting.push(call);
    this.inUse.set(this.inUse.count + 1);
    this.inService.begin(call);
  }

  /** The event of a call has come: whoever waits longest takes its server. */
  done(call: number): void {
    this.inService.end(call);
    const next = this.waiting.shift();
    if (next === NONE) this.inUse.set(this.inUse.count - 1);
    else this.inService.begin(next);
  }

  addUsedTime(total: ExactSum): void {
    this.inUse.addTime(total);
  }

  pace(slowness: number): void {
    this.inService.pace(slowness);
  }

  pause(until: Duration): void {
    this.inService.pause(until);
  }

  clear(): void {
    while (this.waiting.shift() !== NONE);
    this.inService.clear();
    this.inUse.set(0);
  }
}
