/** A queue in the order of a key, and of coming among equals: the least goes first. */
import type { Interrupts, Links, Queue } from "./discipline.ts";
import { CallHeap } from "./heap.ts";

export class KeyedQueue implements Queue {
  readonly expelled = null;
  readonly interrupts: Interrupts | null;
  private readonly waiting: CallHeap;
  private readonly key: (call: number) => number;

  /** @param urgency decides which calls at work are interrupted; null if none are */
  constructor(links: Links, key: (call: number) => number, urgency: Interrupts["urgency"] | null) {
    this.waiting = new CallHeap(links);
    this.key = key;
    const putBack = (call: number) => this.waiting.putBack(call, key(call));
    this.interrupts = urgency === null ? null : { urgency, putBack };
  }

  get length(): number {
    return this.waiting.length;
  }

  push(call: number): void {
    this.waiting.push(call, this.key(call));
  }

  shift(): number {
    return this.waiting.shift();
  }

  remove(call: number): void {
    this.waiting.remove(call);
  }
}
