/** The question: which waiting call is served next? */
import { family } from "../../schema/definition.ts";

/** One link for each call, kept in the table of calls, so that waiting allocates nothing. */
export interface Links {
  /** The call linked behind this one, or NONE (see calls.ts). */
  next(call: number): number;
  setNext(call: number, next: number): void;
}

/** Calls waiting for a server. A call waits in one queue at a time, for it has one link. */
export interface Queue {
  /** Calls waiting [calls]. */
  readonly length: number;
  push(call: number): void;
  /** Takes out the call to be served next; NONE when nobody waits. */
  shift(): number;
}

/** What a discipline is given to work with. */
export interface DisciplineContext {
  readonly links: Links;
}

export const discipline = family<DisciplineContext, Queue>("queue discipline");
