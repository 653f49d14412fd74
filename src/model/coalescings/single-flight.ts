/** Single flight: one call fetches, and the others get its answer, good or bad, when it comes. */
import { NONE, type Calls } from "../calls.ts";
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
  /** Calls that wait for an item another call fetches, by key: the last of a chain through `next`. */
  private readonly waiters = new Map<number, number>();

  constructor(context: CoalescingContext) {
    this.context = context;
    this.calls = context.calls;
  }

  waits(call: number, key: number): boolean {
    const last = this.waiters.get(key);
    if (last === undefined) {
      this.waiters.set(key, NONE);
      return false;
    }
    this.calls.setNext(call, last);
    this.waiters.set(key, call);
    return true;
  }

  isFetched(key: number): boolean {
    return this.waiters.has(key);
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

  /** Those who wait for an item, from now on for an answer: the first of a chain, in the order they came. */
  private takeWaiters(key: number): number {
    let rest = this.waiters.get(key) ?? NONE;
    this.waiters.delete(key);
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
