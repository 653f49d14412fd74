/** Calls chained in the order they came; either end and anything between can be taken out at once. */
import { NONE } from "../calls.ts";
import type { Links, Queue } from "./discipline.ts";

/**
 *     oldest -> ... -> newest        by `next`; back by `previous`
 *
 * The next of the newest and the previous of the oldest have no meaning.
 */
export class Chain implements Queue {
  length = 0;
  readonly expelled = null;
  readonly interrupts = null;
  private oldest = NONE;
  private newest = NONE;
  private readonly links: Links;

  constructor(links: Links) {
    this.links = links;
  }

  /** The oldest; any number when nobody is here. */
  get first(): number {
    return this.oldest;
  }

  push(call: number): void {
    if (this.length === 0) this.oldest = call;
    else {
      this.links.setNext(this.newest, call);
      this.links.setPrevious(call, this.newest);
    }
    this.newest = call;
    this.length++;
  }

  /** Takes out the oldest. */
  shift(): number {
    if (this.length === 0) return NONE;
    const call = this.oldest;
    this.oldest = this.links.next(call);
    this.length--;
    return call;
  }

  /** Takes out the newest. */
  pop(): number {
    if (this.length === 0) return NONE;
    const call = this.newest;
    this.newest = this.links.previous(call);
    this.length--;
    return call;
  }

  remove(call: number): void {
    if (call === this.oldest) this.shift();
    else if (call === this.newest) this.pop();
    else {
      const [before, after] = [this.links.previous(call), this.links.next(call)];
      this.links.setNext(before, after);
      this.links.setPrevious(after, before);
      this.length--;
    }
  }
}
