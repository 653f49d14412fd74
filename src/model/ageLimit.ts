/** How long a call may wait for its first turn: a timer for each call in a queue. */
import { NO_EVENT, type EventKind, type Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { STARTED, type Calls } from "./calls.ts";

export class AgeLimit {
  private readonly kernel: Kernel;
  private readonly calls: Calls;
  /** The longest wait [ns] -- constant. */
  private readonly limit: Duration;
  private readonly due: EventKind;

  /** @param grewOld what becomes of a call that has waited so long. */
  constructor(
    { kernel, calls }: { kernel: Kernel; calls: Calls },
    limit: Duration,
    grewOld: (call: number) => void,
  ) {
    this.kernel = kernel;
    this.calls = calls;
    this.limit = limit;
    this.due = kernel.on((call) => {
      calls.setEvent(call, NO_EVENT);
      grewOld(call);
    });
  }

  /** A call begins to wait; one that waits for another turn has been let in for good. */
  queued(call: number): void {
    if (!this.calls.has(call, STARTED)) this.calls.setEvent(call, this.due.after(this.limit, call));
  }

  /** It waits no more. */
  dequeued(call: number): void {
    this.kernel.cancel(this.calls.event(call));
    this.calls.setEvent(call, NO_EVENT);
  }
}
