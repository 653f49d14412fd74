/**
 * What callers do who do not just wait: they take calls out of queues, send them once more, tell
 * callees that an answer is not wanted any more, and call off what is out for somebody who has gone.
 *
 * Callees are told in an event of its own at the same instant, when every call is where it can be
 * found, not in the middle of the event that made the caller change its mind.
 */
import type { EventKind, Kernel } from "../kernel/kernel.ts";
import {
  ABANDONED,
  COPY,
  KEPT,
  NONE,
  RECALLABLE,
  UNDERWAY,
  UNWANTED,
  type Calls,
} from "./calls.ts";
import type { Door } from "./door.ts";
import type { Callee, Caller, Withdrawal } from "./exchange.ts";
import { CopyTable, type Hedging } from "./hedging.ts";
import { Heirs } from "./heirs.ts";
import { Keepers } from "./keepers.ts";
import { OK, type Outcome } from "./outcomes.ts";
import type { Impatience } from "./policy.ts";

/** What the exchange does for it. */
export interface RecallDesk {
  readonly calls: Calls;
  calleeOf(part: number): Callee;
  callerOf(call: number): Caller;
  doorOf(part: number): Door | undefined;
  impatienceOf(call: number): Impatience | null;
  /** A fresh record in the place of a call. */
  openAnother(call: number): number;
  send(call: number): void;
  /** Ends a call that nobody wants: `cancelled`, without a word to its caller. */
  drop(call: number): void;
}

export class Recalls {
  private readonly desk: RecallDesk;
  private readonly calls: Calls;
  private readonly kernel: Kernel;
  private readonly keepers = new Keepers();
  private readonly copies = new CopyTable();
  private readonly heirs = new Heirs();
  private readonly patienceOver: EventKind;
  private readonly hedgeDue: EventKind;
  private readonly cancelDue: EventKind;

  constructor(kernel: Kernel, desk: RecallDesk) {
    this.kernel = kernel;
    this.desk = desk;
    this.calls = desk.calls;
    this.patienceOver = kernel.on((set, serial) => {
      const call = this.waitedFor(set, serial);
      if (call !== NONE) this.renege(call);
    });
    this.hedgeDue = kernel.on((set, serial) => {
      const call = this.waitedFor(set, serial);
      if (call !== NONE) this.sendCopy(call);
    });
    this.cancelDue = kernel.on((call, serial) => {
      if (this.calls.is(call, serial)) this.cancel(call);
    });
  }

  /** A call is sent whose caller will not just wait. */
  sent(call: number, { cancels, patience, hedging }: Impatience): void {
    const { calls } = this;
    const serial = calls.serial(call);
    if (cancels || patience !== null) calls.raise(call, RECALLABLE);
    if (patience !== null) this.patienceOver.after(patience.sample(), call, serial);
    if (hedging === null) return;
    if (!calls.has(call, COPY)) hedging.sent();
    const { delay, copies } = hedging;
    if (delay !== Infinity && this.copies.sent(call) < copies)
      this.hedgeDue.after(delay, call, serial);
  }

  /** A call is slow: another copy of it is sent, if its caller still wants it. */
  private sendCopy(call: number): void {
    const { calls, desk } = this;
    const hedging = desk.impatienceOf(call)!.hedging!;
    if (!(desk.callerOf(call).mayHedge?.(call) ?? true) || !hedging.allows()) return;
    const copy = desk.openAnother(call);
    calls.setAttempt(copy, calls.attempt(call));
    calls.raise(copy, COPY);
    this.copies.add(copy, call, calls.sentAt(call));
    desk.send(copy);
  }

  /** One of perhaps several copies of a call is over; true while the call is not. */
  isStillOut(call: number, outcome: Outcome, hedging: Hedging): boolean {
    const { calls } = this;
    if (outcome === OK)
      hedging.answered(this.kernel.now - this.copies.since(call, calls.sentAt(call)));
    const others = this.copies.leave(call);
    if (outcome === OK) for (const other of [...others]) this.desk.drop(other);
    if (outcome === OK || others.length === 0) return false;
    // One record stands for the request, and only one.
    if (!calls.has(call, COPY)) calls.lower(others[0]!, COPY);
    return true;
  }

  /** Tells the callee that nobody wants the answer. */
  tell(call: number): void {
    this.cancelDue.after(0, call, this.calls.serial(call));
  }

  /** The calls made for a call learn what it has learnt. */
  cancelFor(call: number): void {
    for (const each of this.keepers.of(call)) this.cancel(each);
  }

  renegeFor(call: number): void {
    for (const each of this.keepers.of(call)) this.renege(each);
  }

  /** Ends everything that is out for a call, or for a user. Copies are no calls of their own. */
  callOff(keeper: number): void {
    for (const call of this.keepers.of(keeper)) {
      const caller = this.calls.has(call, COPY) ? null : this.desk.callerOf(call);
      this.desk.drop(call);
      caller?.calledOff?.();
    }
  }

  /** A call is made for a call, or for a user, who may call it off. */
  keep(call: number, keeper: number): void {
    this.keepers.keep(call, keeper);
    this.calls.raise(call, KEPT);
  }

  /** A call takes the place of another one, for the same somebody. */
  keepToo(next: number, call: number): void {
    this.keepers.keepToo(next, call);
    this.calls.raise(next, KEPT);
  }

  /** A call is over. */
  forget(call: number): void {
    this.keepers.forget(call);
    this.calls.lower(call, KEPT);
  }

  /** A call that was dropped is no copy of anything any more. */
  leaveCopies(call: number): void {
    this.copies.leave(call);
  }

  /** What was out for a call is out for nobody. */
  release(call: number): void {
    this.heirs.release(call);
    for (const each of this.keepers.of(call)) this.forget(each);
  }

  /** A call goes on in another record. */
  move(call: number, to: number): void {
    this.copies.move(call, to);
    if (this.calls.has(call, COPY)) this.calls.raise(to, COPY);
    if (this.calls.has(call, RECALLABLE)) this.calls.raise(to, RECALLABLE);
    if (this.desk.impatienceOf(call) !== null) this.bequeath(call, to);
    if (!this.calls.has(call, KEPT)) return;
    this.keepToo(to, call);
    this.forget(call);
  }

  /** Its timers go on with it. */
  private bequeath(call: number, to: number): void {
    this.heirs.move(this.calls.serial(call), call, to);
    this.calls.raise(to, RECALLABLE);
  }

  /** The record in which a call goes on that a timer was set for; NONE if nobody waits for it now. */
  private waitedFor(call: number, serial: number): number {
    const { calls } = this;
    if (calls.is(call, serial) && !calls.has(call, ABANDONED)) return call;
    const heir = this.heirs.of(serial);
    return heir === NONE || calls.has(heir, ABANDONED) ? NONE : heir;
  }

  /** One that is on its way goes no further than to the door. */
  private cancel(call: number): void {
    if (this.isOnLink(call)) this.calls.raise(call, UNWANTED);
    else this.withdrawalsOf(call)?.cancel(call);
  }

  private renege(call: number): void {
    if (!this.isOnLink(call)) this.withdrawalsOf(call)?.renege(call);
  }

  /** Whether a call is on its way to its part, or back. */
  private isOnLink(call: number): boolean {
    const { calls, desk } = this;
    return calls.has(call, UNDERWAY) && !desk.doorOf(calls.part(call))?.holds(call);
  }

  /** Those of the part where a call is. */
  private withdrawalsOf(call: number): Withdrawal | undefined {
    return this.desk.calleeOf(this.calls.part(call)).withdrawals;
  }
}

/** Stands for a user among those for whom calls are out: no call has a negative number. */
export function keeperOf(caller: number, user: number): number {
  return NONE - 1 - (user * MOST_CALLERS + caller);
}

const MOST_CALLERS = 2 ** 20;
