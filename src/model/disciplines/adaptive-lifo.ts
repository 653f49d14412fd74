/**
 * Adaptive last in, first out: in order of coming while the queue is short, newest first once it has
 * grown.
 *
 * A short queue is a ripple, and fairness costs nothing; a long one is an overload, and whoever came
 * first has most likely given up.
 */
import { count } from "../../schema/fields.ts";
import { Chain } from "./chain.ts";
import { discipline, type Links, type Queue } from "./discipline.ts";

export const adaptiveLifo = discipline({
  kind: "adaptive-lifo",
  summary: "First in, first out while few calls wait; last in, first out while more do.",
  source: "Maurer, Fail at Scale, ACM Queue 13(8), 2015",
  notes:
    "The threshold is a plain starting point, not a published value: a tenth of the slots is one.",
  options: {
    threshold: count("Calls waiting above which the newest is served first.").default(10),
  },
  create: ({ threshold }, { links }) => new AdaptiveQueue(links, threshold),
});

class AdaptiveQueue implements Queue {
  readonly expelled = null;
  readonly interrupts = null;
  private readonly waiting: Chain;
  /** Calls waiting above which the newest goes first [calls] -- constant. */
  private readonly threshold: number;

  constructor(links: Links, threshold: number) {
    this.waiting = new Chain(links);
    this.threshold = threshold;
  }

  get length(): number {
    return this.waiting.length;
  }

  push(call: number): void {
    this.waiting.push(call);
  }

  shift(): number {
    return this.length > this.threshold ? this.waiting.pop() : this.waiting.shift();
  }

  remove(call: number): void {
    this.waiting.remove(call);
  }
}
