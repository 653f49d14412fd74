/**
 * Calls that are held because the part has no instance: it was scaled to nothing and is on its way
 * back. Without a hold such calls are refused.
 *
 *     call -> nobody there -> held -> an instance is ready -> goes in, in the order of coming
 *                               '- too long -> refused      '- its caller has gone -> cancelled
 */
import { NO_EVENT, type EventKind } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { ABANDONED } from "./calls.ts";
import type { Fleet } from "./fleet.ts";
import { CANCELLED, DROPPED, REFUSED, type Outcome } from "./outcomes.ts";
import type { World } from "./world.ts";

/** Whoever had a call when there was nobody to give it to, and takes it again. */
type Again = (call: number) => void;

export interface HoldOptions {
  /** How long a call is held at most [ns]. */
  readonly longest: Duration;
  /** How many are held at once at most [calls]; one more is dropped. */
  readonly limit: number;
  /** Takes a call of the part again. */
  readonly again: Again;
}

export class Hold {
  /** Calls by the order of coming, and what takes each again -- state. */
  private readonly held = new Map<number, Again>();
  /** Calls that came to a load balancer in front and so are not counted where they were going [calls]. */
  outside = 0;
  private readonly options: HoldOptions;
  private readonly world: World;
  private readonly expired: EventKind;

  constructor(options: HoldOptions, fleet: Fleet, world: World) {
    this.options = options;
    this.world = world;
    this.expired = world.kernel.on((call) => {
      world.calls.setEvent(call, NO_EVENT);
      this.remove(call, REFUSED);
    });
    // By then everybody knows of the instance: later in the same instant, or a nanosecond later.
    const { registration } = fleet.options;
    const delay = registration === 0 ? 0 : registration + 1;
    fleet.watch({ ready: () => world.agenda.after(delay, () => this.release()) });
  }

  /** Calls held now [calls]. */
  get length(): number {
    return this.held.size;
  }

  /** Holds a call, or drops it when there are too many. */
  take(call: number, again = this.options.again): void {
    const { options, world } = this;
    if (this.held.size >= options.limit) return world.exchange.answer(call, DROPPED);
    this.held.set(call, again);
    world.calls.setEvent(call, this.expired.after(options.longest, call));
  }

  /** Ends a call that is held; false for one that is not. */
  remove(call: number, outcome: Outcome): boolean {
    if (!this.held.delete(call)) return false;
    this.stopTimer(call);
    this.world.exchange.answer(call, outcome);
    return true;
  }

  private release(): void {
    // One by one: what one sets off may end another. Those that come back now wait for the next.
    for (let left = this.held.size; left > 0 && this.held.size > 0; left--) {
      const [call, again] = this.held.entries().next().value!;
      this.held.delete(call);
      this.stopTimer(call);
      if (this.world.calls.has(call, ABANDONED)) this.world.exchange.answer(call, CANCELLED);
      else again(call);
    }
  }

  private stopTimer(call: number): void {
    const { calls, kernel } = this.world;
    if (calls.event(call) !== NO_EVENT) kernel.cancel(calls.event(call));
    calls.setEvent(call, NO_EVENT);
  }
}
