/**
 * Calls made at once of which only some must answer: the first, or a quorum.
 *
 *     call -> a, b, c sent -> b answers, c answers: two of three, the call goes on
 *                              '- a answers some time later; nobody waits for it
 *
 * A race outlives the call it was run for until all its calls are back. Each is the caller of its
 * own calls, which is how they are told from those of other races of the same call.
 */
import { DEAD, NONE, type Calls } from "./calls.ts";
import type { Caller, Exchange, Target } from "./exchange.ts";
import { ERROR, OK, type Outcome } from "./outcomes.ts";

/** Hears how a race ended, once for each. */
export interface RaceOwner {
  /** What the call waited for has come, or cannot come any more. */
  answered(call: number, outcome: Outcome): void;
}

/** The races of a service; those that are over are run again. */
export class Races {
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly owner: RaceOwner;
  private readonly free: Race[] = [];

  constructor(calls: Calls, exchange: Exchange, owner: RaceOwner) {
    this.calls = calls;
    this.exchange = exchange;
    this.owner = owner;
  }

  /** Calls every target for a call, which waits for so many right answers. */
  start(call: number, targets: readonly Target[], needed: number): void {
    const race = this.free.pop() ?? new Race(this.calls, this.exchange, this.owner, this.free);
    race.start(call, targets, needed);
  }
}

class Race implements Caller {
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly owner: RaceOwner;
  /** Where it goes when it is over. */
  private readonly free: Race[];
  private readonly caller: number;
  /** The call it is run for; NONE once it is decided. */
  private runFor = NONE;
  /** Right answers still needed, and calls not back [calls]. */
  private needed = 0;
  private out = 0;

  constructor(calls: Calls, exchange: Exchange, owner: RaceOwner, free: Race[]) {
    this.calls = calls;
    this.exchange = exchange;
    this.owner = owner;
    this.free = free;
    this.caller = exchange.addCaller(this);
  }

  start(call: number, targets: readonly Target[], needed: number): void {
    this.runFor = call;
    this.needed = needed;
    this.out = targets.length;
    for (let position = 0; position < targets.length; position++) {
      if (this.runFor === NONE) return this.forget(targets.length - position);
      const { part, operation, policy } = targets[position]!;
      this.exchange.send(this.exchange.openFor(call, this.caller, part, operation, policy));
    }
  }

  resolved(_child: number, outcome: Outcome): void {
    if (outcome === OK) this.needed--;
    const call = this.runFor;
    const { needed } = this;
    const isDecided = call !== NONE && (needed === 0 || this.out - 1 < needed);
    if (isDecided) this.runFor = NONE;
    this.forget(1);
    if (isDecided) this.owner.answered(call, needed === 0 ? OK : ERROR);
  }

  /** The call it is run for has gone. */
  calledOff(): void {
    this.runFor = NONE;
    this.forget(1);
  }

  /** A retry is worth it only while somebody waits. */
  resume(child: number): boolean {
    if (this.runFor !== NONE && !this.calls.has(this.runFor, DEAD)) return true;
    this.resolved(child, ERROR);
    return false;
  }

  /** Calls that are back, or need not be made; the last one ends the race. */
  private forget(calls: number): void {
    this.out -= calls;
    if (this.out === 0) this.free.push(this);
  }
}
