/** The question: which waiting call is served next? */
import type { Duration } from "../../kernel/time.ts";
import { family } from "../../schema/definition.ts";

/** Two links for each call, kept in the table of calls, so that waiting allocates nothing. */
export interface Links {
  /** The call linked behind this one, or NONE (see calls.ts). */
  next(call: number): number;
  setNext(call: number, next: number): void;
  /** The call linked before this one, or NONE; or its place in a heap. */
  previous(call: number): number;
  setPrevious(call: number, previous: number): void;
}

/** Calls waiting for a server. A call waits in one queue at a time, for it has one pair of links. */
export interface Queue {
  /** Calls waiting [calls]. */
  readonly length: number;
  push(call: number): void;
  /** Takes out the call to be served next; NONE when nobody waits. */
  shift(): number;
  /** Takes out a call that waits here, wherever it stands. */
  remove(call: number): void;
  /** Calls `shift` has thrown out, which are still to be told so; null where none ever is. */
  readonly expelled: Queue | null;
  /** How a waiting call may interrupt one in service; null where none may. */
  readonly interrupts: Interrupts | null;
}

/** What a preemptive discipline adds to a queue. */
export interface Interrupts {
  /** A call interrupts one that is less urgent than itself; `work` is what is left to do of it [ns]. */
  urgency(call: number, work: Duration): number;
  /** Takes back a call that was interrupted: it waits ahead of its equals. */
  putBack(call: number): void;
}

/** What a discipline is given to work with. */
export interface DisciplineContext {
  readonly links: Links;
  readonly clock: { readonly now: Duration };
  /** Number of a call's request class. */
  requestClass(call: number): number;
  /** How urgent a call is; larger is more urgent. */
  priority(call: number): number;
  /** When its caller gives up on it [ns]; Infinity when it waits for ever. */
  deadline(call: number): Duration;
  /** How long the step it waits to do takes, or what is left of it; 0 if that is no work [ns]. */
  work(call: number): Duration;
  /** When its caller sent it [ns]. */
  sentAt(call: number): Duration;
  /** Since when a call has been waiting [ns]. */
  waitingSince(call: number): Duration;
}

export const discipline = family<DisciplineContext, Queue>("queue discipline");
