/**
 * The clock and the loop: events run by time, then by the order they were scheduled.
 */
import { assert } from "./assert.ts";
import type { Duration } from "./time.ts";

/** What happens when an event is due; `a` and `b` are int32 given when it was scheduled. */
export type Handler = (a: number, b: number) => void;

/** A handle that names no event. */
export const NO_EVENT = 0;

type Event = { time: Duration; handle: number; handler: Handler; a: number; b: number };

export class Kernel {
  /** Simulated time since the start of the run [ns]. */
  now: Duration = 0;
  /** Events run so far [events]. */
  executed = 0;
  private events: Event[] = [];
  private handles = 0;
  private running = false;

  /** Events scheduled and neither run nor cancelled [events]. */
  get pending(): number {
    return this.events.length;
  }

  /** Registers what a kind of event does. */
  on(handler: Handler): EventKind {
    return new EventKind(this, handler);
  }

  /** Takes an event out; false if it has run or was cancelled already. */
  cancel(handle: number): boolean {
    const index = this.events.findIndex((event) => event.handle === handle);
    if (index >= 0) this.events.splice(index, 1);
    return index >= 0;
  }

  /** Runs every event up to and including `until`, then sets the clock to it. */
  run(until: Duration): void {
    this.running = true;
    while (this.running) {
      const event = this.events[0];
      if (event === undefined || event.time > until) {
        this.now = until;
        return;
      }
      this.events.shift();
      this.now = event.time;
      this.executed++;
      event.handler(event.a, event.b);
    }
  }

  /** Ends `run` after the current event. */
  stop(): void {
    this.running = false;
  }

  /** For EventKind. */
  schedule(time: Duration, handler: Handler, a: number, b: number): number {
    const event = { time, handle: ++this.handles, handler, a, b };
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events[middle]!.time <= time) low = middle + 1;
      else high = middle;
    }
    this.events.splice(low, 0, event);
    return event.handle;
  }
}

/** One kind of event, ready to be scheduled. */
export class EventKind {
  private readonly kernel: Kernel;
  private readonly handler: Handler;

  constructor(kernel: Kernel, handler: Handler) {
    this.kernel = kernel;
    this.handler = handler;
  }

  /** Schedules the event `delay` from now [ns, rounded to whole ticks]; answers its handle. */
  after(delay: Duration, a = 0, b = 0): number {
    assert(delay >= 0 && delay < Infinity, () => `an event after ${delay} ns`);
    return this.kernel.schedule(this.kernel.now + Math.floor(delay + 0.5), this.handler, a, b);
  }

  /** Schedules the event at an instant from now on [ns]; answers its handle. */
  at(time: Duration, a = 0, b = 0): number {
    return this.after(time - this.kernel.now, a, b);
  }
}
