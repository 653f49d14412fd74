/**
 * Where callers and parts meet: sends calls, keeps their timers, tries again, and sees to it that
 * every call resolves exactly once at its caller.
 *
 * A caller that times out has resolved; the callee does not know and goes on working. The record
 * lives until both sides are done with it.
 */
import { assert } from "../kernel/assert.ts";
import { NO_EVENT, type EventKind, type Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { REFUSED_RETRY } from "./budgets/budget.ts";
import {
  ABANDONED,
  ADMITTED,
  ASTRAY,
  BACKING_OFF,
  BURIED,
  DEAD,
  NONE,
  type Calls,
  type Census,
} from "./calls.ts";
import type { Circuit } from "./circuit.ts";
import type { Door } from "./door.ts";
import { OK, outcomes, REJECTED, TIMED_OUT, type Outcome } from "./outcomes.ts";
import type { Links } from "./links.ts";
import type { CallPolicy } from "./policy.ts";

/** Whoever makes calls: a workload's clients, a balancer, a service, a cache. */
export interface Caller {
  /** The call, and every retry its policy allowed, is over. The record is still readable. */
  resolved(call: number, outcome: Outcome): void;
  /** A retry is about to be sent: does the caller still want it? */
  resume(call: number): boolean;
}

/** One operation of a part, and how a caller insists on it. */
export interface Target {
  readonly part: number;
  readonly operation: number;
  /** 0 for a caller that waits for ever, tries once and needs the answer. */
  readonly policy: number;
}

/** Whatever answers calls. */
export interface Callee {
  /** A call has come. The part must give it to `answer` exactly once, now or later. */
  arrive(call: number): void;
  /** Chooses the instance that will serve it, unless that was done; nothing happens if none is there. */
  assign?(call: number): void;
  /** A call that was given an instance will not come after all. */
  unassign?(call: number): void;
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

/** What a retry has to know of the attempts before it. */
interface Memory {
  /** The wait before it [ns]. */
  readonly wait: Duration;
  /** What it took out of the budget [tokens]. */
  readonly paid: number;
}

const NOTHING_YET: Memory = { wait: 0, paid: 0 };

export class Exchange {
  readonly calls: Calls;
  private readonly kernel: Kernel;
  private readonly callees: Callee[] = [];
  /** Those of them that pass calls on, by the same number. */
  private readonly relays: Relay[] = [];
  /** The doors before parts that have guards, by part. */
  private readonly doors: Door[] = [];
  private readonly counts: CallCounts[] = [];
  private readonly callers: Caller[] = [];
  private readonly policies: (CallPolicy | null)[] = [null];
  /** What came before a retry, by call, where its policy asks for it. */
  private readonly memories = new Map<number, Memory>();
  /** Whether any caller has a circuit breaker -- constant once built. */
  hasCircuits = false;
  /** What calls and answers travel over; null where they arrive at once -- constant once built. */
  links: Links | null = null;
  private readonly timeoutDue: EventKind;
  private readonly retryDue: EventKind;

  constructor(kernel: Kernel, calls: Calls) {
    this.kernel = kernel;
    this.calls = calls;
    this.timeoutDue = kernel.on((call) => this.giveUp(call));
    this.retryDue = kernel.on((call) => this.tryAgain(call));
  }

  /** Number of a part, for the records. */
  addCallee(callee: Callee): number {
    this.counts.push(new CallCounts());
    return this.callees.push(callee) - 1;
  }

  /** The same for a part that passes calls on. */
  addRelay(relay: Relay): number {
    const part = this.addCallee(relay);
    this.relays[part] = relay;
    return part;
  }

  calleeOf(part: number): Callee {
    return this.callees[part]!;
  }

  /** Puts a door before a part: calls come to it first. */
  guard(part: number, door: Door): void {
    this.callees[part] = door;
    this.doors[part] = door;
  }

  /** The door before a part; undefined for one without guards. */
  doorOf(part: number): Door | undefined {
    return this.doors[part];
  }

  addCaller(caller: Caller): number {
    return this.callers.push(caller) - 1;
  }

  addPolicy(policy: CallPolicy): number {
    if (policy.circuit !== null) this.hasCircuits = true;
    return this.policies.push(policy) - 1;
  }

  /** Whether a call's caller can do without the answer. */
  isOptional(call: number): boolean {
    return this.policies[this.calls.policy(call)]?.optional ?? false;
  }

  /** When a call's caller gives up on this attempt [ns]; Infinity when it waits for ever. */
  deadline(call: number): Duration {
    const policy = this.policies[this.calls.policy(call)]!;
    return policy === null ? Infinity : this.calls.sentAt(call) + policy.timeout;
  }

  countsOf(part: number): CallCounts {
    return this.counts[part]!;
  }

  /** Opens a call that serves another one, about the same item for the same class of request. */
  openFor(parent: number, caller: number, part: number, operation: number, policy: number): number {
    const { calls } = this;
    const call = calls.open(part, operation, calls.requestClass(parent), calls.key(parent));
    calls.setBornAt(call, this.kernel.now);
    calls.setCaller(call, caller, parent);
    calls.setPolicy(call, policy);
    calls.inherit(call, parent);
    return call;
  }

  /** Sends a call whose part, operation, caller and policy are set. */
  send(call: number): void {
    const { calls } = this;
    const part = calls.part(call);
    const policy = this.policies[calls.policy(call)]!;
    if (policy !== null && policy.circuit !== null && !this.mayGo(call, policy.circuit))
      return this.keepBack(call, policy);
    calls.setSentAt(call, this.kernel.now);
    this.counts[part]!.arrived++;
    if (policy !== null) {
      if (policy.timeout !== Infinity)
        calls.setTimeout(call, this.timeoutDue.after(policy.timeout, call));
      if (calls.attempt(call) === 1) policy.budget?.sent();
    }
    if (this.links === null) this.callees[part]!.arrive(call);
    else this.links.carry(call);
  }

  /** A call has come to the end of its link. */
  deliver(call: number): void {
    this.callees[this.calls.part(call)]!.arrive(call);
  }

  /**
   * Passes a call on to another part, in its own record, which is much cheaper than a call of its own
   * and says the same: each part counts it, and the caller's timer and outcome stay the caller's.
   */
  passOn(call: number, part: number): void {
    this.calls.passOn(call, part);
    this.counts[part]!.arrived++;
    this.callees[part]!.arrive(call);
  }

  /** The callee is done with a call. */
  answer(call: number, outcome: Outcome): void {
    if (this.calls.via(call) !== NONE && this.isPassedOnAgain(call, outcome)) return;
    if (this.calls.has(call, ADMITTED)) this.leaveDoor(call, outcome);
    if (this.links !== null && !this.calls.has(call, ABANDONED)) this.links.bring(call, outcome);
    else this.receive(call, outcome);
  }

  /** An answer has come to the caller's end. */
  receive(call: number, outcome: Outcome): void {
    if (!this.calls.has(call, ABANDONED)) {
      this.stopTimer(call);
      this.conclude(call, outcome);
    }
    this.calls.close(call);
  }

  /** Resolves a call whose record the callee still needs; it closes the record itself. */
  forsake(call: number, outcome: Outcome): void {
    if (this.calls.via(call) !== NONE) return this.answer(this.takeOver(call), outcome);
    if (this.calls.has(call, ADMITTED)) this.leaveDoor(call, outcome);
    if (this.calls.has(call, ABANDONED)) return;
    this.stopTimer(call);
    this.calls.raise(call, ABANDONED);
    this.conclude(call, outcome);
  }

  /** What is in flight, counted from the records. */
  census(): Census {
    return this.calls.census(this.callees.length);
  }

  /** The same between two events, when it must be what the counts of every part say. */
  audit(): Census {
    const census = this.census();
    this.counts.forEach(({ arrived, resolved }, part) => {
      const over = resolved.reduce((sum, count) => sum + count, 0);
      const inFlight = census.calls[part]!;
      assert(
        arrived === over + inFlight,
        () => `part ${part}: ${arrived} calls arrived, ${over} resolved, ${inFlight} are in flight`,
      );
    });
    return census;
  }

  /** Brings a call back to the part that passed it on. */
  private isPassedOnAgain(call: number, outcome: Outcome): boolean {
    const { calls } = this;
    this.counts[calls.part(call)]!.resolved[outcome]!++;
    calls.bringBack(call);
    return this.relays[calls.part(call)]!.returned(call, outcome);
  }

  /** A fresh record for a call whose own record its callee still needs; that one is nobody's now. */
  private takeOver(call: number): number {
    const { calls } = this;
    const [via, part, attempt] = [calls.via(call), calls.part(call), calls.attempt(call)];
    const fresh = calls.open(via, calls.operation(call), calls.requestClass(call), calls.key(call));
    this.relays[via]!.moved(call, fresh);
    calls.follow(fresh, call);
    calls.setSentAt(fresh, calls.sentAt(call));
    calls.setAttempt(fresh, attempt);
    const memory = this.memories.get(call);
    if (memory !== undefined) this.memories.set(fresh, memory);
    this.memories.delete(call);
    calls.setInstance(fresh, calls.instance(call));
    calls.passOn(fresh, part);
    if (calls.has(call, ABANDONED)) calls.raise(fresh, ABANDONED);
    else if (this.kernel.cancel(calls.timeout(call))) {
      const { timeout } = this.policies[calls.policy(call)]!;
      calls.setTimeout(fresh, this.timeoutDue.at(calls.sentAt(call) + timeout, fresh));
    }
    const isBuried = calls.has(call, BURIED);
    calls.bringBack(call);
    calls.raise(call, isBuried ? ABANDONED | DEAD | BURIED : ABANDONED);
    return fresh;
  }

  private leaveDoor(call: number, outcome: Outcome): void {
    const { calls } = this;
    calls.lower(call, ADMITTED);
    const seen = calls.has(call, ABANDONED) ? TIMED_OUT : outcome;
    this.doors[calls.part(call)]!.left(call, seen);
  }

  private giveUp(call: number): void {
    assert(!this.calls.has(call, ABANDONED), "a call resolves once");
    this.calls.setTimeout(call, NO_EVENT);
    this.calls.raise(call, ABANDONED);
    this.conclude(call, TIMED_OUT);
    if (this.calls.has(call, ASTRAY)) this.calls.close(call);
  }

  private stopTimer(call: number): void {
    const timer = this.calls.timeout(call);
    if (timer !== NO_EVENT) this.kernel.cancel(timer);
  }

  private conclude(call: number, outcome: Outcome): void {
    const { calls } = this;
    this.counts[this.calledPart(call)]!.resolved[outcome]!++;
    const policy = calls.policy(call);
    if (policy !== 0) {
      const { circuit } = this.policies[policy]!;
      if (circuit !== null) this.tell(circuit, call, outcome);
      if (this.goesOn(call, outcome, this.policies[policy]!)) return;
    }
    this.callers[calls.caller(call)]!.resolved(call, outcome);
  }

  private mayGo(call: number, circuit: Circuit): boolean {
    return circuit.allows(this.callingInstance(call), this.kernel.now);
  }

  private tell(circuit: Circuit, call: number, outcome: Outcome): void {
    const { now } = this.kernel;
    circuit.ended(this.callingInstance(call), outcome, now - this.calls.sentAt(call), now);
  }

  /** Where the call was made; NONE for a workload, and for a part without instances. */
  private callingInstance(call: number): number {
    const parent = this.calls.parent(call);
    return parent === NONE ? NONE : this.calls.instance(parent);
  }

  /** Resolves a call that its caller's breaker does not let go. */
  private keepBack(call: number, policy: CallPolicy): void {
    this.counts[this.calls.part(call)]!.neverSent++;
    if (!this.goesOn(call, REJECTED, policy))
      this.callers[this.calls.caller(call)]!.resolved(call, REJECTED);
    this.calls.close(call);
  }

  /** Opens the next attempt after a failure, if the policy has one left and the budget pays for it. */
  private goesOn(call: number, outcome: Outcome, policy: CallPolicy): boolean {
    const { backoff, budget } = policy;
    const { wait, paid } = this.recall(call);
    if (outcome === OK) {
      budget?.succeeded(paid);
      return false;
    }
    budget?.failed();
    const attempt = this.calls.attempt(call);
    if (attempt >= policy.attempts) return false;
    const price = budget === null ? 0 : budget.withdraw(outcome);
    if (price === REFUSED_RETRY) return false;
    const again = this.openAgain(call);
    const delay = backoff.delay(attempt, wait);
    if (backoff.remembers || budget?.refunds)
      this.memories.set(again, { wait: delay, paid: price });
    this.retryDue.after(delay, again);
    return true;
  }

  private recall(call: number): Memory {
    if (this.memories.size === 0) return NOTHING_YET;
    const memory = this.memories.get(call);
    if (memory === undefined) return NOTHING_YET;
    this.memories.delete(call);
    return memory;
  }

  private openAgain(call: number): number {
    const { calls } = this;
    const again = calls.open(
      this.calledPart(call),
      this.doors[this.calledPart(call)]?.operationAskedFor(call) ?? calls.operation(call),
      calls.requestClass(call),
      calls.key(call),
    );
    calls.follow(again, call);
    calls.setAttempt(again, calls.attempt(call) + 1);
    calls.raise(again, BACKING_OFF);
    return again;
  }

  /** The part that the caller called, wherever the call has been passed on to. */
  private calledPart(call: number): number {
    const via = this.calls.via(call);
    return via === NONE ? this.calls.part(call) : via;
  }

  private tryAgain(call: number): void {
    this.calls.lower(call, BACKING_OFF);
    if (this.callers[this.calls.caller(call)]!.resume(call)) return this.send(call);
    this.recall(call);
    this.calls.close(call);
  }
}
