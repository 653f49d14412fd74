/**
 * Last in, first out: the call that came last is served next.
 *
 * Under overload the newest calls are still answered in time and the oldest, whose callers have
 * gone, wait; first in, first out would make them all late. The mean wait is the same as with
 * first in, first out, the spread far greater.
 */
import { flag } from "../../schema/fields.ts";
import { Chain } from "./chain.ts";
import { discipline, type DisciplineContext, type Interrupts, type Queue } from "./discipline.ts";

export const lifo = discipline({
  kind: "lifo",
  summary: "Serves the call that came last.",
  source: "Maurer, Fail at Scale, ACM Queue 13(8), 2015 (where it is used under overload only)",
  notes: "Keeps some callers happy in an overload; those left behind may wait until they give up.",
  options: {
    preemptive: flag(
      "Whether a call that finds every slot taken interrupts the one at work that was sent first.",
    ).default(false),
  },
  create: ({ preemptive }, context) => new LifoQueue(context, preemptive),
});

class LifoQueue implements Queue {
  readonly expelled = null;
  readonly interrupts: Interrupts | null;
  private readonly waiting: Chain;

  constructor({ links, sentAt }: DisciplineContext, preemptive: boolean) {
    this.waiting = new Chain(links);
    // Whoever is interrupted came after all who wait, or would not have been in service.
    this.interrupts = preemptive ? { urgency: sentAt, putBack: (call) => this.push(call) } : null;
  }

  get length(): number {
    return this.waiting.length;
  }

  push(call: number): void {
    this.waiting.push(call);
  }

  shift(): number {
    return this.waiting.pop();
  }

  remove(call: number): void {
    this.waiting.remove(call);
  }
}
