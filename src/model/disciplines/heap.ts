/** Calls in a binary heap, the least key first and equal keys in the order they came. */
import { NONE } from "../calls.ts";
import type { Links } from "./discipline.ts";

/**
 * Element 0 is the least; the children of i are 2i + 1 and 2i + 2 and are not less than it. Every
 * call's place is kept as its `previous` link, so that one in the middle can be taken out.
 */
export class CallHeap {
  length = 0;
  private calls = new Int32Array(16);
  private keys = new Float64Array(16);
  private turns = new Float64Array(16);
  /** Turns given out at the back and at the front so far. */
  private backTurn = 0;
  private frontTurn = 0;
  private readonly links: Links;

  constructor(links: Links) {
    this.links = links;
  }

  /** The least key; Infinity when empty. */
  get leastKey(): number {
    return this.length === 0 ? Infinity : this.keys[0]!;
  }

  /** Puts a call behind its equals. */
  push(call: number, key: number): void {
    this.insert(call, key, ++this.backTurn);
  }

  /** Puts a call before its equals. */
  putBack(call: number, key: number): void {
    this.insert(call, key, --this.frontTurn);
  }

  /** Takes out the call with the least key; NONE when empty. */
  shift(): number {
    if (this.length === 0) return NONE;
    const call = this.calls[0]!;
    this.takeOut(0);
    return call;
  }

  remove(call: number): void {
    this.takeOut(this.links.previous(call));
  }

  private insert(call: number, key: number, turn: number): void {
    if (this.length === this.calls.length) this.grow();
    this.rise(this.length++, call, key, turn);
  }

  /** Fills a hole with the last element, which may have to go either way from there. */
  private takeOut(hole: number): void {
    const last = --this.length;
    if (hole === last) return;
    const call = this.calls[last]!;
    const key = this.keys[last]!;
    const turn = this.turns[last]!;
    this.rise(this.sink(hole, key, turn), call, key, turn);
  }

  /** Moves lesser children up into a hole; where the hole ends. */
  private sink(hole: number, key: number, turn: number): number {
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.length) return hole;
      if (child + 1 < this.length && this.isLess(child + 1, this.keys[child]!, this.turns[child]!))
        child++;
      if (!this.isLess(child, key, turn)) return hole;
      this.place(hole, this.calls[child]!, this.keys[child]!, this.turns[child]!);
      hole = child;
    }
  }

  /** Puts an element into a hole or, moving greater parents down, above it. */
  private rise(hole: number, call: number, key: number, turn: number): void {
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.isGreater(parent, key, turn)) break;
      this.place(hole, this.calls[parent]!, this.keys[parent]!, this.turns[parent]!);
      hole = parent;
    }
    this.place(hole, call, key, turn);
  }

  private place(at: number, call: number, key: number, turn: number): void {
    this.calls[at] = call;
    this.keys[at] = key;
    this.turns[at] = turn;
    this.links.setPrevious(call, at);
  }

  private isLess(at: number, key: number, turn: number): boolean {
    const own = this.keys[at]!;
    return own < key || (own === key && this.turns[at]! < turn);
  }

  private isGreater(at: number, key: number, turn: number): boolean {
    const own = this.keys[at]!;
    return own > key || (own === key && this.turns[at]! > turn);
  }

  private grow(): void {
    const twice = this.length * 2;
    const [calls, keys, turns] = [this.calls, this.keys, this.turns];
    this.calls = new Int32Array(twice);
    this.keys = new Float64Array(twice);
    this.turns = new Float64Array(twice);
    this.calls.set(calls);
    this.keys.set(keys);
    this.turns.set(turns);
  }
}
