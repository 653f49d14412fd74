/**
 * The connections of one caller: so many of its calls are out at once, and the others wait at the
 * caller, first come, first served.
 *
 *     call -> [ a connection is free ] -> sent -> answered, or given up -> the connection is free
 *            '-> waits -> sent
 *                     '-> its timeout is over: it was never sent
 *
 * Retries and copies need a connection like any other call.
 */
import type { EventKind, Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { BACKING_OFF, UNCONNECTED, type Calls } from "./calls.ts";
import { Chain } from "./disciplines/chain.ts";

/** What happened to the calls that asked for a connection after the warm-up. */
export interface ConnectionCounts {
  asked: number;
  /** Of them, those that found none free. */
  waited: number;
  /** Of those, the ones whose timeout was over first. */
  gaveUp: number;
  /** Time waited by all of them, and longest wait of one [ns]. */
  waitingTime: Duration;
  longest: Duration;
}

export class Connections {
  readonly counts: ConnectionCounts = {
    asked: 0,
    waited: 0,
    gaveUp: 0,
    waitingTime: 0,
    longest: 0,
  };
  /** Connections there are [calls] -- constant. */
  readonly limit: number;
  /** Calls out [calls] -- state, at most `limit`. */
  private out = 0;
  private readonly measuredFrom: Duration;
  private readonly waiting: Chain;
  private readonly calls: Calls;
  private readonly kernel: Kernel;
  private readonly free: EventKind;
  /** Whether those who wait will be looked at, at this instant. */
  private isDue = false;

  constructor(
    limit: number,
    world: { kernel: Kernel; calls: Calls; exchange: { connected(call: number): void } },
    measuredFrom: Duration,
  ) {
    const { kernel, calls, exchange } = world;
    this.limit = limit;
    this.kernel = kernel;
    this.calls = calls;
    this.measuredFrom = measuredFrom;
    this.waiting = new Chain(calls);
    this.free = kernel.on(() => {
      this.isDue = false;
      while (this.waiting.length > 0 && this.out < limit) {
        const call = this.waiting.first;
        this.leave(call);
        this.out++;
        exchange.connected(call);
      }
    });
  }

  /** Whether a call may go out now; one that may not waits. */
  admits(call: number): boolean {
    const isFree = this.out < this.limit && this.waiting.length === 0;
    if (this.isMeasured(call)) {
      this.counts.asked++;
      if (!isFree) this.counts.waited++;
    }
    if (isFree) this.out++;
    else {
      this.calls.raise(call, BACKING_OFF | UNCONNECTED);
      this.waiting.push(call);
    }
    return isFree;
  }

  /** A call that was out is over. Whoever waits is sent by an event of its own, not in the middle of this one. */
  ended(): void {
    this.out--;
    if (this.waiting.length === 0 || this.isDue) return;
    this.isDue = true;
    this.free.after(0);
  }

  /** A call that waits has waited long enough. */
  gaveUp(call: number): void {
    if (this.isMeasured(call)) this.counts.gaveUp++;
    this.leave(call);
  }

  /** Nobody wants a call any more, whether it is out or waits. */
  dropped(call: number): void {
    if (this.calls.has(call, UNCONNECTED)) this.leave(call);
    else this.ended();
  }

  /** A call does not wait any more. */
  private leave(call: number): void {
    this.waiting.remove(call);
    this.calls.lower(call, BACKING_OFF | UNCONNECTED);
    if (!this.isMeasured(call)) return;
    const waited = this.kernel.now - this.calls.sentAt(call);
    this.counts.waitingTime += waited;
    this.counts.longest = Math.max(this.counts.longest, waited);
  }

  /** A call counts by when it asked. */
  private isMeasured(call: number): boolean {
    return this.calls.sentAt(call) >= this.measuredFrom;
  }
}
