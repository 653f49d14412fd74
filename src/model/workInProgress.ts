/**
 * Calls that are being worked on, each with an event at its end, so that the work can be sped up,
 * slowed down, held up for a while or interrupted.
 */
import { NO_EVENT, type EventKind, type Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { NONE, type Calls } from "./calls.ts";
import { Chain } from "./disciplines/chain.ts";
import type { Interrupts } from "./disciplines/discipline.ts";

export class WorkInProgress {
  private readonly inProgress: Chain;
  private readonly kernel: Kernel;
  private readonly calls: Calls;
  /** Ends a call's work; given the call and `number`. */
  private readonly done: EventKind;
  private readonly number: number;
  /** How many times as long work takes; 1 is normal. */
  private slowness: number;
  /** Nothing is worked on until then [ns]. */
  private heldUntil: Duration = 0;

  constructor(kernel: Kernel, calls: Calls, done: EventKind, number = 0, slowness = 1) {
    this.inProgress = new Chain(calls);
    this.kernel = kernel;
    this.calls = calls;
    this.done = done;
    this.number = number;
    this.slowness = slowness;
  }

  /** Work drawn becomes work in progress: from here on the record holds when it ends. */
  begin(call: number): void {
    this.inProgress.push(call);
    this.endAfter(call, this.calls.work(call) * this.slowness + this.heldUp());
  }

  /** The event of a call has come. */
  end(call: number): void {
    this.calls.setEvent(call, NO_EVENT);
    this.inProgress.remove(call);
  }

  /** Stops the work on a call; what is left of it is drawn again [ns at normal speed]. */
  interrupt(call: number): void {
    this.kernel.cancel(this.calls.event(call));
    this.calls.setWork(call, this.left(call));
    this.end(call);
  }

  /** Work takes so many times as long from now on. */
  pace(slowness: number): void {
    const ratio = slowness / this.slowness;
    this.slowness = slowness;
    const heldUp = this.heldUp();
    for (const call of this) this.moveEnd(call, this.rest(call) * ratio + heldUp);
  }

  /** Nothing is worked on until an instant [ns]. */
  pause(until: Duration): void {
    const before = this.heldUp();
    this.heldUntil = until;
    const longer = this.heldUp() - before;
    const { now } = this.kernel;
    for (const call of this) this.moveEnd(call, this.calls.work(call) - now + longer);
  }

  /** The least urgent of the calls, the last to begin of several; NONE unless it is less urgent than one that waits. */
  lessUrgent(than: number, interrupts: Interrupts): number {
    let found = NONE;
    let least = interrupts.urgency(than, this.calls.work(than));
    for (const call of this) {
      const urgency = interrupts.urgency(call, this.left(call));
      if (found === NONE ? urgency >= least : urgency > least) continue;
      found = call;
      least = urgency;
    }
    return found;
  }

  /** What is left to do of a call [ns at normal speed]. */
  left(call: number): Duration {
    return this.rest(call) / this.slowness;
  }

  clear(): void {
    while (this.inProgress.shift() !== NONE);
    this.heldUntil = 0;
  }

  /** In the order in which their work began. */
  *[Symbol.iterator](): Generator<number> {
    let call = this.inProgress.first;
    for (let left = this.inProgress.length; left > 0; left--) {
      const next = this.calls.next(call);
      yield call;
      call = next;
    }
  }

  /** How long nothing will be worked on from now [ns]. */
  private heldUp(): Duration {
    const left = this.heldUntil - this.kernel.now;
    return left > 0 ? left : 0;
  }

  /** How long the work on a call goes on, pauses left out [ns at the present speed]. */
  private rest(call: number): Duration {
    const rest = this.calls.work(call) - this.kernel.now - this.heldUp();
    return rest > 0 ? rest : 0;
  }

  private moveEnd(call: number, after: Duration): void {
    this.kernel.cancel(this.calls.event(call));
    this.endAfter(call, after);
  }

  private endAfter(call: number, after: Duration): void {
    const { kernel, calls } = this;
    calls.setWork(call, kernel.now + after);
    calls.setEvent(call, kernel.handle(this.done.start(after, call, this.number)));
  }
}

/** Makes plain work under way that nobody keeps a list of take `ratio` times as long from now on. */
export function stretch(
  atWork: readonly number[],
  ratio: number,
  done: EventKind,
  { kernel, calls }: { kernel: Kernel; calls: Calls },
): void {
  for (const call of atWork) {
    kernel.cancel(calls.event(call));
    const rest = (calls.work(call) - kernel.now) * ratio;
    calls.setWork(call, kernel.now + rest);
    calls.setEvent(call, done.after(rest, call));
  }
}
