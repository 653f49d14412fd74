/** Who meets at the exchange: those who call, those who answer, and what is counted between them. */
import { assert } from "../kernel/assert.ts";
import { outcomes, type Outcome } from "./outcomes.ts";

/** Whoever makes calls: a workload's clients, a balancer, a service, a cache. */
export interface Caller {
  /** The call, and every retry its policy allowed, is over. The record is still readable. */
  resolved(call: number, outcome: Outcome): void;
  /** A retry is about to be sent: does the caller still want it? */
  resume(call: number): boolean;
  /** Another copy of a slow call is about to be sent: may it? It may where nothing is said. */
  mayHedge?(call: number): boolean;
  /** A call was called off with everything else that was out for somebody; it does not resolve. */
  calledOff?(): void;
}

/** One operation of a part, and how a caller insists on it. */
export interface Target {
  readonly part: number;
  readonly operation: number;
  /** 0 for a caller that waits for ever, tries once and needs the answer. */
  readonly policy: number;
}

/** How a caller who does not wait to the end takes a call back. */
export interface Withdrawal {
  /** Nobody wants a call any more: stop, and answer it `cancelled`. */
  cancel(call: number): void;
  /** The caller's patience is over: if the call still waits in the queue, it leaves, `reneged`. */
  renege(call: number): void;
}

/** Whatever answers calls. */
export interface Callee {
  /** A call has come. The part must give it to `answer` exactly once, now or later. */
  arrive(call: number): void;
  /** Chooses the instance that will serve it, unless that was done; nothing happens if none is there. */
  assign?(call: number): void;
  /** A call that was placed will not come after all: it was cancelled unless something else is said. */
  unassign?(call: number, outcome?: Outcome): void;
  /** It is where its caller is: calls do not travel to it, and those it makes come from there. */
  readonly isBesideCaller?: boolean;
  /** How calls can be taken back; parts without this finish what they have. */
  readonly withdrawals?: Withdrawal | undefined;
}

/** A callee that passes calls on to another part. */
export interface Relay extends Callee {
  /** A call it passed on is back. True if it has passed it on again; else its caller has the outcome. */
  returned(call: number, outcome: Outcome): boolean;
  /** A call it has passed on goes on in another record. */
  moved(call: number, to: number): void;
}

/** Calls of one part, as its callers saw them. arrived = sum of resolved + in flight. */
export class CallCounts {
  arrived = 0;
  readonly resolved = new Float64Array(outcomes.length);
  /** Calls that breakers of callers did not let go; they are not among those that arrived. */
  neverSent = 0;
}

/** What is in flight at an instant. */
export interface Census {
  /** Requests that have not ended: one record each, sent or backing off. */
  readonly requests: number;
  /** Calls sent and not resolved, by part number. */
  readonly calls: Float64Array;
}

/** The same census: every part has had each of its calls answered, or in flight. */
export function conserved(counts: readonly CallCounts[], census: Census): Census {
  counts.forEach(({ arrived, resolved }, part) => {
    const over = resolved.reduce((sum, count) => sum + count, 0);
    const inFlight = census.calls[part]!;
    assert(
      arrived === over + inFlight,
      () => `part ${part}: ${arrived} calls arrived, ${over} resolved, ${inFlight} are in flight`,
    );
  });
  return census;
}
