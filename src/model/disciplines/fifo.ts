/** First in, first out: the call that has waited longest is served next. */
import { NONE } from "../calls.ts";
import { discipline, type Links, type Queue } from "./discipline.ts";

export const fifo = discipline({
  kind: "fifo",
  summary: "Serves the call that has waited longest.",
  notes:
    "Fair, but under overload every call waits for the whole queue, until all of them are late.",
  usual: true,
  options: {},
  create: (_options, { links }) => new FifoQueue(links),
});

/** A chain from the call that came first to the one that came last. */
class FifoQueue implements Queue {
  length = 0;
  private first = NONE;
  private last = NONE;
  private readonly links: Links;

  constructor(links: Links) {
    this.links = links;
  }

  push(call: number): void {
    this.links.setNext(call, NONE);
    if (this.length === 0) this.first = call;
    else this.links.setNext(this.last, call);
    this.last = call;
    this.length++;
  }

  shift(): number {
    if (this.length === 0) return NONE;
    const call = this.first;
    this.first = this.links.next(call);
    this.length--;
    return call;
  }
}
