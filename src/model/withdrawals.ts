/**
 * Calls that go before they are served: the caller has gone and says so, or will not queue any longer.
 *
 *     in the queue             -> leaves it
 *     waits for its own calls  -> they are called off, it stops
 *     at work                  -> stops; on a core, disk or network, or where work can be interrupted
 *                                 or paused, at the end of the step it is at
 */
import { NO_EVENT } from "../kernel/kernel.ts";
import type { AgeLimit } from "./ageLimit.ts";
import { DEAD, IN_SLOT, STARTED, UNWANTED, type Calls } from "./calls.ts";
import type { Withdrawal } from "./exchange.ts";
import type { Hold } from "./hold.ts";
import { CANCELLED, RENEGED, type Outcome } from "./outcomes.ts";
import type { ServiceMeter } from "./serviceMeter.ts";
import type { Station } from "./station.ts";
import type { World } from "./world.ts";

/** What a service does for it. */
export interface Withdrawn {
  readonly meter: ServiceMeter;
  readonly ageLimit: AgeLimit | null;
  readonly losses: { readonly hold: Hold | null };
  stationOf(call: number): Station;
  /** A call gives its slot back. */
  release(call: number, station: Station): void;
  leave(call: number, station: Station, outcome: Outcome): void;
}

export class Withdrawals implements Withdrawal {
  private readonly world: World;
  private readonly calls: Calls;
  private readonly service: Withdrawn;

  constructor(world: World, service: Withdrawn) {
    this.world = world;
    this.calls = world.calls;
    this.service = service;
  }

  /** A call that waits for a slot goes without one. */
  leaveQueue(call: number, outcome: Outcome): void {
    const { service } = this;
    const station = service.stationOf(call);
    station.queue.remove(call);
    service.meter.dequeued();
    service.ageLimit?.dequeued(call);
    service.leave(call, station, outcome);
  }

  /** The caller's patience is over; a call that has had a slot is past waiting. */
  renege(call: number): void {
    if (this.calls.has(call, DEAD | STARTED) || this.leavesHold(call, RENEGED)) return;
    this.leaveQueue(call, RENEGED);
  }

  /** Nobody wants a call any more. One at a dead instance is past hearing of it. */
  cancel(call: number): void {
    const { calls } = this;
    if (calls.has(call, DEAD) || this.leavesHold(call, CANCELLED)) return;
    if (this.isQueued(call)) return this.leaveQueue(call, CANCELLED);
    if (calls.outstanding(call) > 0) {
      this.world.exchange.recalls.callOff(call);
      calls.setOutstanding(call, 0);
    } else {
      const { atWork, resources } = this.service.stationOf(call);
      if (atWork !== null || resources.some((each) => each !== null))
        return calls.raise(call, UNWANTED);
      this.world.kernel.cancel(calls.event(call));
      calls.setEvent(call, NO_EVENT);
    }
    this.stop(call);
  }

  /** Ends the service of a call that nobody wants. */
  stop(call: number): void {
    const station = this.service.stationOf(call);
    if (this.calls.has(call, IN_SLOT)) this.service.release(call, station);
    this.service.meter.wasted.add(this.calls.slotTime(call));
    this.service.leave(call, station, CANCELLED);
  }

  /** Ends a call that waits for an instance; false for one that has one. */
  private leavesHold(call: number, outcome: Outcome): boolean {
    return this.service.losses.hold?.remove(call, outcome) ?? false;
  }

  /** Waiting for a slot: not in one, and nothing else of it is under way. */
  private isQueued(call: number): boolean {
    const { calls } = this;
    if (calls.has(call, IN_SLOT) || calls.outstanding(call) > 0) return false;
    return !calls.has(call, STARTED) || calls.event(call) === NO_EVENT;
  }
}
