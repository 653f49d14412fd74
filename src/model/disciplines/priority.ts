/**
 * Priority: the most urgent class first, and in order of coming within a class.
 *
 * A request's class says how urgent it is, and every call made for the request is as urgent.
 */
import { flag } from "../../schema/fields.ts";
import { discipline, type DisciplineContext, type Interrupts, type Queue } from "./discipline.ts";
import { CallHeap } from "./heap.ts";

export const priority = discipline({
  kind: "priority",
  summary: "Serves the most urgent request class first, by the `priority` of the classes of a mix.",
  source:
    "Cobham, Operations Research 2, 1954 (non-preemptive); Gross and Harris, Fundamentals of Queueing Theory, section 3.4",
  notes:
    "Classes without a priority have 0; larger is more urgent. The least urgent may starve. A call can be interrupted while it is at a `work` step, and goes on later where it was; during other steps it keeps its slot.",
  example: "queue: { discipline: { kind: priority, preemptive: true } }",
  options: {
    preemptive: flag(
      "Whether a call that finds every slot taken interrupts the least urgent one at work, if it is less urgent.",
    ).default(false),
  },
  create: ({ preemptive }, context) => new PriorityQueue(context, preemptive),
});

class PriorityQueue implements Queue {
  readonly expelled = null;
  readonly interrupts: Interrupts | null;
  private readonly waiting: CallHeap;
  private readonly context: DisciplineContext;

  constructor(context: DisciplineContext, preemptive: boolean) {
    this.waiting = new CallHeap(context.links);
    this.context = context;
    this.interrupts = preemptive
      ? {
          urgency: (call) => context.priority(call),
          putBack: (call) => this.waiting.putBack(call, -context.priority(call)),
        }
      : null;
  }

  get length(): number {
    return this.waiting.length;
  }

  push(call: number): void {
    this.waiting.push(call, -this.context.priority(call));
  }

  shift(): number {
    return this.waiting.shift();
  }

  remove(call: number): void {
    this.waiting.remove(call);
  }
}
