/**
 * The clock and the loop: events run by time, and at the same time in the order of scheduling.
 *
 * An event is a kind and two numbers, so that scheduling one makes no garbage; what a kind means is
 * told once, before the run:
 *
 *     const departed = kernel.on((server, customer) => …);
 *     departed.after(serviceTime, server, customer);
 */
import { assert, BrokenInvariant } from "./assert.ts";
import { EventList } from "./eventList.ts";
import { LONGEST_RUN, type Duration } from "./time.ts";

/** What happens when an event is due; `a` and `b` are the int32 it was scheduled with. */
export type Handler = (a: number, b: number) => void;

/** A handle that never names an event. */
export const NO_EVENT = 0;

export class Kernel {
  /** Events run so far [events] -- state. */
  executed = 0;
  /** Events after which `run` ends short of its time [events] -- constant. */
  executedMax = Infinity;
  private readonly events: EventList;
  private readonly handlers: Handler[] = [];
  private running = false;

  constructor(events = new EventList()) {
    this.events = events;
  }

  /** Simulated time since the start of the run [ns]. */
  get now(): Duration {
    return this.events.now;
  }

  /** Events scheduled and neither run nor cancelled yet [events]. */
  get pending(): number {
    return this.events.records.used;
  }

  /** Registers what a kind of event does. */
  on(handler: Handler): EventKind {
    return new EventKind(this.events, this.handlers.push(handler) - 1);
  }

  /** What names a pending event, given its place, and outlives it without harm. */
  handle(place: number): number {
    return this.events.records.handle(place);
  }

  /** Cancels an event; false if it has run, or was cancelled before, or is NO_EVENT. */
  cancel(handle: number): boolean {
    const record = this.events.records.find(handle);
    if (record === 0) return false;
    this.events.remove(record);
    return true;
  }

  /**
   * Runs every event up to and including `until` [ns], then sets the clock to it; ends earlier, with
   * the clock where it is, once `executedMax` events have run.
   */
  run(until: Duration): void {
    this.checkRun(until);
    const { records } = this.events;
    this.running = true;
    while (this.running && this.executed < this.executedMax) {
      const record = this.events.take(until);
      if (record === 0) break;
      this.executed++;
      this.handlers[records.kind(record)]!(records.a(record), records.b(record));
    }
    this.running = false;
  }

  private checkRun(until: Duration): void {
    assert(!this.running, "a handler called run");
    assert(until >= this.now && until <= LONGEST_RUN, () => `run until ${until} at ${this.now} ns`);
  }

  /** Ends `run` after the current event; the clock stays there. */
  stop(): void {
    this.running = false;
  }
}

/** One kind of event, ready to be scheduled. */
export class EventKind {
  private readonly events: EventList;
  private readonly number: number;

  /** Made by `Kernel.on`. */
  constructor(events: EventList, number: number) {
    this.events = events;
    this.number = number;
  }

  /** Schedules the event `delay` from now [ns, rounded to whole ticks]; its handle. */
  after(delay: Duration, a = 0, b = 0): number {
    return this.events.records.handle(this.start(delay, a, b));
  }

  /**
   * The same for events by the million: a handle is a double, and a double that comes out of a
   * function is garbage. The place it answers is good until the event is over; `Kernel.handle` makes
   * a handle of it.
   */
  start(delay: Duration, a = 0, b = 0): number {
    if (!(delay >= 0 && delay < Infinity)) refuseDelay(delay);
    const { events } = this;
    events.due = events.now + Math.floor(delay + 0.5);
    return events.add(this.number, a, b);
  }

  /** Schedules the event at a time that has not passed [ns]; its handle. */
  at(time: Duration, a = 0, b = 0): number {
    return this.after(time - this.events.now, a, b);
  }
}

function refuseDelay(delay: Duration): never {
  throw new BrokenInvariant(`an event was scheduled ${delay} ns from now`);
}
