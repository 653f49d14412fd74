/** The question: what becomes of a call that misses an item which another call is fetching? */
import type { Duration } from "../../kernel/time.ts";
import type { EventKind, Handler } from "../../kernel/kernel.ts";
import { family } from "../../schema/definition.ts";
import type { Calls } from "../calls.ts";
import type { Outcome } from "../outcomes.ts";

export interface Coalescing {
  /** Whether an item that is there but past its time is waited for, as one that is absent is. */
  readonly coversExpired: boolean;
  /** Whether those who wait get the outcome of the fetch; if not, they look up again. */
  readonly answersWaiters: boolean;
  /** Whether a call that misses must wait; if not, it fetches the item, and others may wait for it. */
  waits(call: number, key: number): boolean;
  /** Whether somebody fetches the item. */
  isFetched(key: number): boolean;
  /** Whether the item may be kept that a call fetched. */
  mayKeep(call: number): boolean;
  /** A fetch is over: answers the call that made it, and those who wait for its answer. */
  settle(call: number, key: number, outcome: Outcome): void;
}

/** What a way of coalescing is given to work with. */
export interface CoalescingContext {
  readonly calls: Calls;
  readonly clock: { readonly now: Duration };
  /** Registers an event of its own. */
  on(handler: Handler): EventKind;
  answer(call: number, outcome: Outcome): void;
  /** Looks up again for a call that has waited. */
  lookAgain(call: number): void;
}

export const coalescing = family<CoalescingContext, Coalescing>("way of coalescing");
