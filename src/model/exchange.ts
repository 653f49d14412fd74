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
  COPY,
  DEAD,
  KEPT,
  NONE,
  RECALLABLE,
  UNCONNECTED,
  type Calls,
} from "./calls.ts";
import type { Door } from "./door.ts";
import { CANCELLED, OK, REJECTED, RENEGED, TIMED_OUT, type Outcome } from "./outcomes.ts";
import type { Links } from "./links.ts";
import type { CallPolicy, Impatience } from "./policy.ts";
import { Memories } from "./memories.ts";
import { CallCounts, conserved, type Callee, type Caller } from "./parties.ts";
import type { Census, Relay } from "./parties.ts";
import { Recalls, type RecallDesk } from "./recalls.ts";

export type { Callee, Caller, Relay, Target, Withdrawal } from "./parties.ts";

export class Exchange implements RecallDesk {
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
  private readonly memories = new Memories();
  /** Whether any caller has a circuit breaker -- constant once built. */
  hasCircuits = false;
  /** What calls and answers travel over; null where they arrive at once -- constant once built. */
  links: Links | null = null;
  /** What callers do who do not just wait. */
  readonly recalls: Recalls;
  private readonly timeoutDue: EventKind;
  private readonly retryDue: EventKind;

  constructor(kernel: Kernel, calls: Calls) {
    this.kernel = kernel;
    this.calls = calls;
    this.recalls = new Recalls(kernel, this);
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

  /** Puts something before a part, such as its door: calls come to it first. */
  standBefore(part: number, callee: Callee, door?: Door): void {
    this.callees[part] = callee;
    if (door) this.doors[part] = door;
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
    if (calls.has(parent, RECALLABLE)) {
      this.recalls.keep(call, parent);
      calls.raise(call, RECALLABLE);
    }
    return call;
  }

  /** Sends a call whose part, operation, caller and policy are set. */
  send(call: number): void {
    const { calls } = this;
    const policy = this.policies[calls.policy(call)]!;
    const circuit = policy === null ? null : policy.circuit;
    if (circuit !== null && !circuit.allows(calls, call, this.kernel.now)) {
      this.counts[calls.part(call)]!.neverSent++;
      return this.keepBack(call, REJECTED);
    }
    calls.setSentAt(call, this.kernel.now);
    if (policy !== null) {
      if (policy.timeout !== Infinity)
        calls.setTimeout(call, this.kernel.handle(this.timeoutDue.start(policy.timeout, call)));
      if (calls.attempt(call) === 1 && !calls.has(call, COPY)) policy.budget?.sent();
      if (policy.connections !== null && !policy.connections.admits(call)) return;
      if (policy.impatience !== null) this.recalls.sent(call, policy.impatience);
    }
    this.goOut(call);
  }

  /** A call that has waited for a connection has one. */
  connected(call: number): void {
    const { impatience } = this.policies[this.calls.policy(call)]!;
    if (impatience !== null) this.recalls.sent(call, impatience);
    this.goOut(call);
  }

  protected goOut(call: number): void {
    const part = this.calls.part(call);
    this.counts[part]!.arrived++;
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
    if (this.calls.has(call, RECALLABLE)) this.recalls.release(call);
    this.calls.close(call);
  }

  /** Resolves a call whose record the callee still needs; it closes the record itself. */
  forsake(call: number, outcome: Outcome): void {
    if (this.calls.via(call) !== NONE) return this.answer(this.takeOver(call), outcome);
    if (this.calls.has(call, ADMITTED)) this.leaveDoor(call, outcome);
    if (this.calls.has(call, ABANDONED)) return;
    if (this.links !== null) return this.links.bring(this.takeOver(call), outcome);
    this.stopTimer(call);
    this.calls.raise(call, ABANDONED);
    this.conclude(call, outcome);
  }

  /** What is in flight, counted from the records between two events, when the counts must say the same. */
  audit(): Census {
    return conserved(this.counts, this.calls.census(this.callees.length));
  }

  /** Brings a call back to the part that passed it on. */
  protected isPassedOnAgain(call: number, outcome: Outcome): boolean {
    const { calls } = this;
    this.counts[calls.part(call)]!.resolved[outcome]!++;
    calls.bringBack(call);
    return this.relays[calls.part(call)]!.returned(call, outcome);
  }

  /** A fresh record for a call whose own record its callee still needs; that one is nobody's now. */
  protected takeOver(call: number): number {
    const { calls } = this;
    const [via, part, attempt] = [calls.via(call), calls.part(call), calls.attempt(call)];
    const called = this.calledPart(call);
    const operation = calls.operation(call);
    const fresh = calls.open(called, operation, calls.requestClass(call), calls.key(call));
    if (via !== NONE) this.relays[via]!.moved(call, fresh);
    calls.follow(fresh, call);
    calls.setSentAt(fresh, calls.sentAt(call));
    calls.setAttempt(fresh, attempt);
    this.memories.move(call, fresh);
    this.recalls.move(call, fresh);
    calls.setInstance(fresh, calls.instance(call));
    if (via !== NONE) calls.passOn(fresh, part);
    if (calls.has(call, ABANDONED)) calls.raise(fresh, ABANDONED);
    else if (this.kernel.cancel(calls.timeout(call))) {
      const { timeout } = this.policies[calls.policy(call)]!;
      calls.setTimeout(fresh, this.timeoutDue.at(calls.sentAt(call) + timeout, fresh));
    }
    const isBuried = calls.has(call, BURIED);
    if (via !== NONE) calls.bringBack(call);
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
    if (this.calls.has(call, UNCONNECTED)) return this.giveUpWaiting(call);
    this.calls.raise(call, ABANDONED);
    this.conclude(call, TIMED_OUT);
    this.hush(call);
  }

  /** Nobody wants a call any more, sent or backing off; its caller knows and hears nothing. */
  drop(call: number): void {
    const { calls } = this;
    this.stopTimer(call);
    this.memories.recall(call);
    this.recalls.forget(call);
    this.recalls.leaveCopies(call);
    const isWaiting = calls.has(call, UNCONNECTED);
    if (calls.has(call, BACKING_OFF) && !isWaiting) return calls.close(call);
    const policy = this.policies[calls.policy(call)];
    policy?.circuit?.ended(calls, call, CANCELLED, this.kernel.now);
    policy?.connections?.dropped(call);
    if (isWaiting) return calls.close(call);
    calls.raise(call, ABANDONED);
    calls.setCaller(call, calls.caller(call), NONE);
    this.counts[this.calledPart(call)]!.resolved[CANCELLED]!++;
    this.hush(call);
  }

  /** A call's caller has gone: the callee is told if it should be; one lost on a link is over. */
  private hush(call: number): void {
    if (this.impatienceOf(call)?.cancels) this.recalls.tell(call);
    if (this.calls.has(call, ASTRAY)) this.calls.close(call);
  }

  impatienceOf(call: number): Impatience | null {
    return this.policies[this.calls.policy(call)]?.impatience ?? null;
  }

  callerOf(call: number): Caller {
    return this.callers[this.calls.caller(call)]!;
  }

  private stopTimer(call: number): void {
    const timer = this.calls.timeout(call);
    if (timer !== NO_EVENT) this.kernel.cancel(timer);
  }

  protected conclude(call: number, outcome: Outcome): void {
    const { calls } = this;
    this.counts[this.calledPart(call)]!.resolved[outcome]!++;
    const policy = this.policies[calls.policy(call)]!;
    if (policy !== null) {
      policy.circuit?.ended(calls, call, outcome, this.kernel.now);
      policy.connections?.ended();
    }
    const goesOn = policy !== null && this.goesOn(call, outcome, policy);
    if (calls.has(call, KEPT)) this.recalls.forget(call);
    if (!goesOn) this.over(call, outcome);
  }

  /** A call ends for good; its caller hears of it. */
  protected over(call: number, outcome: Outcome): void {
    this.callers[this.calls.caller(call)]!.resolved(call, outcome);
  }

  /** A call's timeout is over before there was a connection for it. */
  private giveUpWaiting(call: number): void {
    const { circuit, connections } = this.policies[this.calls.policy(call)]!;
    connections!.gaveUp(call);
    circuit?.ended(this.calls, call, TIMED_OUT, this.kernel.now);
    this.keepBack(call, TIMED_OUT);
  }

  /** Resolves a call that was not sent. */
  private keepBack(call: number, outcome: Outcome): void {
    if (!this.goesOn(call, outcome, this.policies[this.calls.policy(call)]!))
      this.over(call, outcome);
    this.recalls.forget(call);
    this.calls.close(call);
  }

  /** Opens the next attempt after a failure, if the policy has one left and the budget pays for it. */
  private goesOn(call: number, outcome: Outcome, policy: CallPolicy): boolean {
    const { calls } = this;
    const { backoff, budget } = policy;
    const { wait, paid } = this.memories.recall(call);
    if (outcome === OK) budget?.succeeded(paid);
    else budget?.failed();
    const hedging = policy.impatience === null ? null : policy.impatience.hedging;
    if (hedging !== null && this.recalls.isStillOut(call, outcome, hedging)) return true;
    if (outcome === OK || outcome === RENEGED) return false;
    const attempt = calls.attempt(call);
    if (attempt >= policy.attempts) return false;
    const price = budget === null ? 0 : budget.withdraw(outcome);
    if (price === REFUSED_RETRY) return false;
    const again = this.openAgain(call);
    const delay = backoff.delay(attempt, wait);
    if (backoff.remembers || budget?.refunds)
      this.memories.keep(again, { wait: delay, paid: price });
    calls.setTimeout(again, this.retryDue.after(delay, again));
    return true;
  }

  private openAgain(call: number): number {
    const { calls } = this;
    const again = this.openAnother(call);
    calls.setAttempt(again, calls.attempt(call) + 1);
    calls.raise(again, BACKING_OFF);
    return again;
  }

  openAnother(call: number): number {
    const { calls } = this;
    const another = calls.open(
      this.calledPart(call),
      this.doors[this.calledPart(call)]?.operationAskedFor(call) ?? calls.operation(call),
      calls.requestClass(call),
      calls.key(call),
    );
    calls.follow(another, call);
    if (calls.has(call, RECALLABLE)) calls.raise(another, RECALLABLE);
    if (calls.has(call, KEPT)) this.recalls.keepToo(another, call);
    return another;
  }

  /** The part that the caller called, wherever the call has been passed on to. */
  private calledPart(call: number): number {
    const via = this.calls.via(call);
    return via === NONE ? this.calls.part(call) : via;
  }

  private tryAgain(call: number): void {
    this.calls.lower(call, BACKING_OFF);
    this.calls.setTimeout(call, NO_EVENT);
    if (this.callers[this.calls.caller(call)]!.resume(call)) return this.send(call);
    this.memories.recall(call);
    this.recalls.forget(call);
    this.calls.close(call);
  }
}
