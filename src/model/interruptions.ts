/** Calls that are at work and lose their slot: to a more urgent one, or because the slot breaks. */
import { NONE } from "./calls.ts";
import type { Service } from "./service.ts";
import type { Station } from "./station.ts";
import type { World } from "./world.ts";

export class Interruptions {
  private readonly world: World;
  private readonly service: Service;

  constructor(world: World, service: Service) {
    this.world = world;
    this.service = service;
  }

  /** Gives a call the slot of a less urgent one that is at work, if there is one. */
  forUrgent(call: number, station: Station): boolean {
    if (station.busy < station.slots) return false;
    const interrupts = station.queue.interrupts!;
    const victim = station.atWork!.lessUrgent(call, interrupts);
    if (victim === NONE) return false;
    this.stop(victim, station);
    this.putBack(victim, station);
    this.service.start(call, station);
    return true;
  }

  /**
   * A slot has broken in which a call was at work: that goes on in another one, or waits for one.
   *
   * @param nth of the calls at work, by when their work began
   */
  byBreakdown(station: Station, nth: number): void {
    let left = nth;
    for (const call of station.atWork!) {
      if (left-- > 0) continue;
      this.stop(call, station);
      if (station.busy < station.slots) this.service.start(call, station);
      else this.putBack(call, station);
      return;
    }
  }

  private stop(call: number, station: Station): void {
    station.atWork!.interrupt(call);
    this.service.vacate(call, station);
  }

  /** It waits ahead of its equals where the discipline interrupts, else behind all who wait. */
  private putBack(call: number, { queue }: Station): void {
    this.world.calls.setArrivedAt(call, this.world.kernel.now);
    if (queue.interrupts === null) queue.push(call);
    else queue.interrupts.putBack(call);
    this.service.meter.queued();
  }
}
