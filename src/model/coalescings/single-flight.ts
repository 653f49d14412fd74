/** Single flight: one call fetches, and the others get its answer, good or bad, when it comes. */
import { NONE, type Calls } from "../calls.ts";
import { KeyTable, NO_SLOT, withRoomFor } from "../caches/keyTable.ts";
import type { Outcome } from "../outcomes.ts";
import { coalescing, type Coalescing, type CoalescingContext } from "./coalescing.ts";

export const singleFlight = coalescing({
  kind: "single-flight",
  summary: "Calls that miss the same item share one fetch, and its outcome.",
  source: "golang/sync, singleflight/singleflight.go",
  usual: true,
  options: {},
  create: (_options, context) => new SingleFlight(context),
});

class SingleFlight implements Coalescing {
  readonly coversExpired = true;
  readonly answersWaiters = true;
  private readonly calls: Calls;
  private readonly context: CoalescingContext;
  /** Items that are being fetched; of each the last of those who wait for it, a chain through `next`. */
  private readonly fetched = new KeyTable();
  private lastWaiter = new Int32Array(16);

  constructor(context: CoalescingContext) {
    this.context = context;
    this.calls = context.calls;
  }

  waits(call: number, key: number): boolean {
    const slot = this.fetched.find(key);
    if (slot === NO_SLOT) {
      this.begin(key);
      return false;
    }
    this.calls.setNext(call, this.lastWaiter[slot]!);
    this.lastWaiter[slot] = call;
    return true;
  }

  isFetched(key: number): boolean {
    return this.fetched.find(key) !== NO_SLOT;
  }

  mayKeep(): boolean {
    return true;
  }

  settle(call: number, key: number, outcome: Outcome): void {
    let waiter = this.takeWaiters(key);
    this.context.answer(call, outcome);
    while (waiter !== NONE) {
      const next = this.calls.next(waiter);
      this.context.answer(waiter, outcome);
      waiter = next;
    }
  }

  private begin(key: number): void {
    const slot = this.fetched.add(key);
    this.lastWaiter = withRoomFor(this.lastWaiter, slot);
    this.lastWaiter[slot] = NONE;
  }

  /** Those who wait for an item, from now on for an answer: the first of a chain, in the order they came. */
  private takeWaiters(key: number): number {
    const slot = this.fetched.find(key);
    if (slot === NO_SLOT) return NONE;
    this.fetched.remove(slot);
    let rest = this.lastWaiter[slot]!;
    let first = NONE;
    while (rest !== NONE) {
      const waiter = rest;
      rest = this.calls.next(waiter);
      this.calls.setNext(waiter, first);
      first = waiter;
    }
    return first;
  }
}
