/**
 * Earliest deadline first: the call whose caller gives up soonest is served next.
 *
 * Optimal for one server while all can be in time; under overload it serves those that are about to
 * be late anyway, and everybody is.
 */
import { discipline, type DisciplineContext, type Queue } from "./discipline.ts";
import { CallHeap } from "./heap.ts";

export const earliestDeadline = discipline({
  kind: "earliest-deadline",
  summary: "Serves the call whose caller's time-out comes first, without interrupting.",
  source: "Liu and Layland, Journal of the ACM 20(1), 1973 (deadline driven scheduling)",
  notes:
    "A call's deadline is the time-out of whoever made it; those whose caller waits for ever come last.",
  options: {},
  create: (_options, context) => new DeadlineQueue(context),
});

class DeadlineQueue implements Queue {
  readonly expelled = null;
  readonly interrupts = null;
  private readonly waiting: CallHeap;
  private readonly context: DisciplineContext;

  constructor(context: DisciplineContext) {
    this.waiting = new CallHeap(context.links);
    this.context = context;
  }

  get length(): number {
    return this.waiting.length;
  }

  push(call: number): void {
    this.waiting.push(call, this.context.deadline(call));
  }

  shift(): number {
    return this.waiting.shift();
  }

  remove(call: number): void {
    this.waiting.remove(call);
  }
}
