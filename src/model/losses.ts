/**
 * What becomes of calls that leave their instance, and of those of an instance that dies: those it
 * had, and those that still come.
 *
 *     crash -> all at work stops, all are dead -> their callers hear of it at once: lost
 *                                              '- silent: when the instance is heard of again
 *
 * A dead call whose own calls are still out keeps its record until they are back.
 */
import { NO_EVENT } from "../kernel/kernel.ts";
import { BURIED, DEAD, ROUTED, UNDERWAY, type Calls } from "./calls.ts";
import type { Exchange } from "./exchange.ts";
import type { Hold } from "./hold.ts";
import type { Holdings } from "./holdings.ts";
import { LOST, REFUSED, type Outcome } from "./outcomes.ts";
import type { Router } from "./router.ts";
import type { ServiceMeter } from "./serviceMeter.ts";
import type { Station } from "./station.ts";
import type { World } from "./world.ts";

/** Sees how calls end at their instances. */
export interface Inspector {
  /** What becomes of a call that has ended so: the same, or an error its instance has made. */
  told(call: number, outcome: Outcome): Outcome;
}

export class Losses {
  /** Where calls wait while there is no instance; null where they are refused. */
  hold: Hold | null = null;
  /** Null where no version of the part is another than what was there at the start. */
  inspector: Inspector | null = null;
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly world: World;
  private readonly part: number;
  private readonly router: Router;
  private readonly meter: ServiceMeter;
  private readonly holdings: Holdings;

  constructor(
    world: World,
    part: number,
    service: {
      readonly router: Router;
      readonly meter: ServiceMeter;
      readonly holdings: Holdings;
    },
  ) {
    this.world = world;
    this.calls = world.calls;
    this.exchange = world.exchange;
    this.part = part;
    this.router = service.router;
    this.meter = service.meter;
    this.holdings = service.holdings;
  }

  /** A call came, and there is no instance. */
  nobody(call: number): void {
    if (this.hold === null) this.exchange.answer(call, REFUSED);
    else this.hold.take(call);
  }

  /** A call leaves its instance. */
  end(call: number, outcome: Outcome): void {
    const told = this.inspector === null ? outcome : this.inspector.told(call, outcome);
    if (this.calls.has(call, ROUTED)) this.router.answered(this.calls.instance(call), call, told);
    this.exchange.answer(call, told);
  }

  /** The instance of a station died. */
  crashed(station: Station): void {
    const dead = this.kill(station);
    if (station.instance.silent) station.swallowed.push(...dead);
    else for (const call of dead) this.bury(call, station);
  }

  /** It is no more. */
  gone(station: Station): void {
    for (const call of this.kill(station)) this.bury(call, station);
    this.heardOf(station);
  }

  /** A silent instance is heard of again: the calls it has swallowed resolve. */
  heardOf(station: Station): void {
    for (const call of station.swallowed.splice(0)) this.bury(call, station);
  }

  /** A call came to an instance that does not serve: refused, or swallowed without a word. */
  meet(call: number, station: Station): void {
    if (!station.instance.silent) {
      this.returnToRouter(call, REFUSED);
      return this.exchange.answer(call, REFUSED);
    }
    station.present++;
    this.calls.raise(call, DEAD);
    station.swallowed.push(call);
  }

  /** The router no longer counts a call as in flight at its instance. */
  returnToRouter(call: number, outcome: Outcome): void {
    if (!this.calls.has(call, ROUTED)) return;
    this.router.answered(this.calls.instance(call), call, outcome);
  }

  /** The calls that are alive at an instance, in the order they were sent: records have no meaning. */
  callsAt(instance: number): number[] {
    const { calls } = this;
    return [...calls.each()]
      .filter(
        (call) =>
          calls.part(call) === this.part &&
          calls.instance(call) === instance &&
          !calls.has(call, DEAD | UNDERWAY),
      )
      .sort((one, other) => calls.sentAt(one) - calls.sentAt(other) || calls.order(one, other));
  }

  /** Stops everything at a station; its calls are dead but not resolved. */
  private kill(station: Station): number[] {
    for (let waiting = station.queue.length; waiting > 0; waiting--) this.meter.dequeued();
    station.clear();
    const dead = this.callsAt(station.instance.id);
    for (const call of dead) {
      const handle = this.calls.event(call);
      if (handle !== NO_EVENT) this.world.kernel.cancel(handle);
      this.calls.setEvent(call, NO_EVENT);
      this.calls.raise(call, DEAD);
    }
    return dead;
  }

  /** Resolves a dead call; its record lives on until the calls it made are back. */
  private bury(call: number, station: Station): void {
    station.present--;
    this.holdings.take(call);
    this.inspector?.told(call, LOST);
    this.returnToRouter(call, LOST);
    if (this.calls.outstanding(call) === 0) return this.exchange.answer(call, LOST);
    this.calls.raise(call, BURIED);
    this.exchange.forsake(call, LOST);
  }
}
